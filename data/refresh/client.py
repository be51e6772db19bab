"""Tables of CBS Open Data (OData version 3), asked through the client ``cbsodata``.

Columns and categories are found by the titles in a table's own metadata, never by a fixed key: when CBS renames one, the
error names what was looked for and what there is.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from functools import cached_property
from textwrap import shorten
from urllib.parse import quote

import cbsodata
import pandas as pd
from tqdm import tqdm

from data.refresh.service import RefreshError, ask, http_status

FIRST_YEAR = 2011
UNITS = {"count": {"x1000": 1000, "aantal": 1}, "pct": {"%": 1}}
TOTAL = ("totaal", "totaal .*")
LIST_LENGTH = 2000
AT_LEAST_ONE_YEAR = "(ten minste|minimaal|minstens) (1|een|één) jaar|(1|een|één) jaar of langer"
NOT_SELECTED = (AT_LEAST_ONE_YEAR, *TOTAL, "(alle )?particuliere huishoudens")


@contextlib.contextmanager
def cbs_service() -> Iterator[None]:
    """Let ``cbsodata`` ask the service of ``CBS_ODATA_URL``, when that is set, while the block lasts."""
    options = cbsodata.options
    before = options.catalog_url, options.use_https
    address = os.environ.get("CBS_ODATA_URL") or f"https://{options.catalog_url}"
    scheme, _, host = address.partition("://")
    if scheme not in ("http", "https") or not host:
        raise RefreshError(f"CBS_ODATA_URL must start with http:// or https://, not {address!r}.")
    options.catalog_url, options.use_https = host.rstrip("/"), scheme == "https"
    try:
        yield
    finally:
        options.catalog_url, options.use_https = before


def plain(title: str) -> str:
    """Reduce a title to lower-case words, so that commas, hyphens and spaces make no difference."""
    return " ".join(re.findall(r"[\w%]+", str(title).lower()))


def first_known(table_ids: tuple[str, ...]) -> CbsTable:
    """Return the first of some tables that CBS knows; the last one without asking."""
    for table_id in table_ids[:-1]:
        table = CbsTable(table_id)
        try:
            table.info  # noqa: B018
        except RefreshError as error:
            if http_status(error) != 404:
                raise
        else:
            return table
    return CbsTable(table_ids[-1])


class CbsTable:
    """One table at CBS: metadata and observations."""

    def __init__(self, table_id: str) -> None:
        self.table_id = table_id

    def _get(self, name: str) -> list[dict]:
        return ask(f"{cbsodata.options.catalog_url} (table {self.table_id})", cbsodata.get_meta, self.table_id, name)

    @cached_property
    def info(self) -> dict:
        """The description of the table: ``Title``, ``Modified`` and more."""
        return self._get("TableInfos")[0]

    @cached_property
    def properties(self) -> pd.DataFrame:
        """The dimensions and columns of the table: ``Key``, ``Type``, ``Title``, ``Unit`` and ``plain`` (the title in words)."""
        frame = pd.DataFrame(self._get("DataProperties"), columns=["Key", "Type", "Title", "Unit"]).query("Type != 'TopicGroup'")
        return frame.assign(Unit=frame["Unit"].fillna("").str.strip(), plain=frame["Title"].map(plain))

    def _categories(self, dimension: str) -> pd.DataFrame:
        """Return the categories of a dimension: ``Key`` (as CBS pads it), ``Title``, ``Status``, ``plain`` (the title in words)."""
        frame = pd.DataFrame(self._get(dimension), columns=["Key", "Title", "Status"])
        return frame.assign(plain=frame["Title"].map(plain))

    def _dimension(self, title: str) -> str:
        """Return the key of the one dimension of which the title begins so: "regio" or "perioden"."""
        dimensions = self.properties.query("Type != 'Topic'")
        found = dimensions[dimensions["plain"].str.startswith(title)]
        if len(found) != 1:
            names = ", ".join(dimensions["Title"])
            raise RefreshError(f"Table {self.table_id} should have one dimension {title!r}. It has: {names}.")
        return found["Key"].item()

    def column(self, name: str, titles: tuple[str, ...]) -> tuple[str, int]:
        """Find a column by its title, with or without "relatief", and its unit.

        Parameters
        ----------
        name : str
            Our column; the ending ``count`` or ``pct`` says which units fit.
        titles : tuple of str
            The titles it may have.

        Returns
        -------
        (str, int)
            Its key, and the factor that turns its values into single units.

        Raises
        ------
        RefreshError
            When not exactly one column fits; names those that exist.
        """
        topics, units = self.properties.query("Type == 'Topic'"), UNITS[name.rpartition("_")[2]]
        factors = topics["Unit"].str.replace(r"\s", "", regex=True).str.lower().map(units)
        fits = topics["plain"].str.removesuffix(" relatief").isin(map(plain, titles)) & factors.notna()
        if fits.sum() != 1:
            wanted = f"{' or '.join(map(repr, titles))} in unit {' or '.join(units)}"
            names = shorten("; ".join(topics["Title"].str.strip() + " (" + topics["Unit"] + ")"), LIST_LENGTH)
            number = "more than one" if fits.any() else "no"
            raise RefreshError(f"Table {self.table_id} has {number} column {wanted}. It has: {names}.")
        return topics.loc[fits, "Key"].item(), int(factors[fits].item())

    def _chosen(self, selections: dict[str, dict[str, tuple[str, ...]]]) -> dict[str, tuple[str, dict[str, str]]]:
        """Return for each dimension, except region and period, our column ("" for a total), and our values by key of the category."""
        wanted, chosen, known = dict(selections), {}, []
        ordinary = self.properties.query("Type != 'Topic' and not plain.str.match('regio|perioden')")
        for key, title in zip(ordinary["Key"], ordinary["Title"], strict=True):
            categories = self._categories(key)
            known.append(f"{title} ({'; '.join(categories['Title'])})")
            for column, values in wanted.items():
                found = {_category(categories, patterns): value for value, patterns in values.items()}
                if None not in found:
                    chosen[key] = column, found
                    del wanted[column]
                    break
            else:
                total = _category(categories, NOT_SELECTED)
                if total is None:
                    raise RefreshError(f"Table {self.table_id} has no total in dimension {shorten(known[-1], LIST_LENGTH)}.")
                chosen[key] = "", {total: "total"}
        if wanted:
            lacking = "; ".join(f"{column} ({', '.join(values)})" for column, values in wanted.items())
            names = shorten(" | ".join(known), LIST_LENGTH)
            raise RefreshError(f"Table {self.table_id} has no dimension with categories for {lacking}. It has: {names}.")
        return chosen

    def observations(
        self, measures: dict[str, tuple[str, ...]], selections: dict[str, dict[str, tuple[str, ...]]], regional: bool = True
    ) -> pd.DataFrame:
        """Fetch the observations of all years from 2011 on, one request per year.

        Parameters
        ----------
        measures : dict of str to tuple of str
            Our column to the titles it may have at CBS; see `column`.
        selections : dict of str to dict of str to tuple of str
            Our column to our values, each with the patterns of the category meant, best first: the first that is the
            title (see `plain`) or the key of exactly one category. Of every other dimension the total is fetched.
        regional : bool
            Whether the table has regions: municipalities and the Netherlands are fetched.

        Returns
        -------
        pandas.DataFrame
            ``year``, ``status`` (empty when CBS gives none), ``region_code`` and ``region_name`` (when regional), the
            selections as categories, and the measures in single units (``_count``: Int64) or percent (``_pct``: Float64).
        """
        time = self._dimension("perioden")
        columns = {name: self.column(name, titles) for name, titles in measures.items()}
        chosen = self._chosen(selections)
        keys = [time, *chosen, *(key for key, _ in columns.values())]
        conditions = ["(" + " or ".join(f"{key} eq '{category}'" for category in found) + ")" for key, (_, found) in chosen.items()]
        if regional:
            region = self._dimension("regio")
            names = self._categories(region)
            names = names.set_index(names["Key"].str.strip())["Title"].str.strip()
            keys.append(region)
            conditions.append(f"(startswith({region},'GM') or startswith({region},'NL'))")
        periods = _years(self._categories(time))
        rows = []
        for period in tqdm(periods.index, desc=f"CBS {self.table_id}", unit="year", disable=None, leave=False):
            condition = " and ".join([f"{time} eq '{period}'", *conditions])
            rows.extend(self._get(f"TypedDataSet?$filter={quote(condition)}&$select={','.join(keys)}"))
        raw = pd.DataFrame(rows, columns=keys)
        result = periods.loc[raw[time]].reset_index(drop=True)
        if regional:
            result["region_code"] = raw[region].str.strip()
            result["region_name"] = result["region_code"].map(names)
        for key, (column, found) in chosen.items():
            if column:
                result[column] = pd.Categorical(raw[key].map(found), list(selections[column]))
        if result.duplicated().any():
            example = " ".join(map(str, result[result.duplicated()].iloc[0]))
            raise RefreshError(f"Table {self.table_id} gives more than one observation of the same thing, for example of {example}.")
        for name, (key, factor) in columns.items():
            try:
                result[name] = pd.to_numeric(raw[key]).astype("Float64") * factor
            except (TypeError, ValueError) as error:
                raise RefreshError(f"Column {key} of table {self.table_id} holds something else than numbers: {error}.") from error
            if name.endswith("count"):
                result[name] = result[name].round().astype("Int64")
        return result


def _category(categories: pd.DataFrame, patterns: tuple[str, ...]) -> str | None:
    for pattern in patterns:
        fits = categories["plain"].str.fullmatch(pattern) | categories["Key"].str.strip().str.fullmatch(pattern)
        if fits.sum() == 1:
            return categories.loc[fits, "Key"].item()
    return None


def _years(periods: pd.DataFrame) -> pd.DataFrame:
    """Return ``year`` and ``status`` of the categories that are years, by their keys."""
    year = pd.to_numeric(periods["Key"].str.extract(r"^(\d{4})JJ00\s*$", expand=False))
    definitive = periods["Status"].astype("string").str.strip().str.lower().eq("definitief")
    frame = pd.DataFrame({"year": year, "status": definitive.map({True: "definitive", False: "provisional"})}).set_index(periods["Key"])
    return frame[frame["year"] >= FIRST_YEAR].astype({"year": int})
