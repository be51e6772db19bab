"""The moving parts of the book: charts, maps, tables, sentences with computed numbers, models and explorers.

Each name is loaded when it is first used: who only draws a chart does not wait for the models.

Examples
--------
>>> import widgets
>>> funding = widgets.funding_explorer()
>>> funding.set(budget_eur=100_000_000).outcomes_table().loc["spent_eur", "unit"]
'euro per jaar'
"""

from importlib import import_module

from data.suggestions import missing_attribute

_MODULES = {
    "widgets.bars": ("share_bars",),
    "widgets.chart": ("line_chart",),
    "widgets.maps": ("municipal_map",),
    "widgets.model": ("Model", "ModelError", "Quantity"),
    "widgets.poverty_risk": ("poverty_risk_map",),
    "widgets.scenarios.explorers": (
        "family_support_explorer",
        "funding_explorer",
        "halving_explorer",
        "poverty_lines_explorer",
        "reach_explorer",
        "services_explorer",
        "sliding_scale_explorer",
    ),
    "widgets.table": ("TableFigure",),
    "widgets.text": ("bullets", "sentence"),
    "widgets.timeline": ("measures_timeline",),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}
__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise missing_attribute(__name__, name, __all__)
    globals()[name] = getattr(import_module(_MODULE_OF[name]), name)
    return globals()[name]


def __dir__() -> list[str]:
    return __all__
