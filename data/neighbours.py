"""Which municipalities of 2025 touch each other.

Two municipalities are neighbours when they share a stretch of border in the boundaries of Kadaster and Statistics Netherlands (CBS).
Rivers and canals belong to municipalities in these boundaries, so neighbours can lie on both sides of a river; broad waters (the
Wadden Sea, the lakes IJsselmeer and Markermeer, the arms of the sea in Zeeland) are left out, so municipalities on both sides of those are
only neighbours where a dam or dike joins them.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely

from data.geography import geometry


@lru_cache
def neighbours() -> dict[str, tuple[str, ...]]:
    """Return the codes of the neighbours of each municipality of 2025, longest common border first; none for an island."""
    frame = geometry(2025)
    shapes, codes = np.array(frame.geometry.values), frame["municipality_code"].astype(str).to_numpy()
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    first, second = first[first != second], second[first != second]
    metres = shapely.length(shapely.intersection(shapes[first], shapes[second]))
    result: dict[str, tuple[str, ...]] = dict.fromkeys(codes, ())
    for place in np.lexsort((codes[second], -metres)):
        if metres[place] > 0:
            result[codes[first[place]]] += (codes[second[place]],)
    return result
