"""The figures of a municipality in sentences: whole messages of the catalogue, chosen by what the figures and their errors allow."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.key_figures import KeyFigure
from data.language import gettext
from data.local_funding import ReportedAmount


@dataclass(frozen=True)
class Paragraph:
    """A few sentences on one subject.

    Parameters
    ----------
    paragraph_id : str
        For example ``poverty``.
    title : str
        Subject, for a heading.
    sentences : tuple of str
        Whole sentences.
    """

    paragraph_id: str
    title: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentences after each other."""
        return " ".join(self.sentences)


def paragraphs(
    name: str,
    province: str,
    figures: dict[str, KeyFigure],
    trend: pd.DataFrame,
    low_income: pd.DataFrame,
    reported: tuple[ReportedAmount, ...],
) -> tuple[Paragraph, ...]:
    """Return the figures of a municipality in sentences."""
    risk = figures["poverty_risk_120_pct"]
    sentence = gettext(
        "In {year} {share} percent of the children in {name} lived in a household with a risk of poverty.",
        year=str(risk.year), share=risk.value_text, name=name,
    )  # fmt: skip
    return (Paragraph("poverty", gettext("Children at risk of poverty"), (sentence,)),)
