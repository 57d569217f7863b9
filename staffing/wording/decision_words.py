"""Words for what a decision's files hold as codes: causes of lost calls, reasons, and names of figures."""

from __future__ import annotations

import re

from staffing.wording.figures import figure_words
from staffing.wording.language import Language
from staffing.wording.words import OPTIONS, mark, phrase

_NUMBERED = re.compile(r"(?P<words>.+) \((?P<number>\d+)\)")
CAUSES = {
    "agents": mark("Too few agents"),
    "handling_time": mark("Long handling time"),
    "lines": mark("Every line in use"),
    "patience": mark("Callers' patience"),
    "rest": mark("Lost even then"),
    "unexplained": mark("Not explained by the model"),
}
REASONS = {
    "price": mark("The costs meet"),
    "step": mark("One of the two buys more or less from here on"),
    "capacity": mark("The one before no longer reaches the target"),
    "minimum": mark("The next takes no smaller volume"),
}


def figure_text(lang: Language, name: str, within: str | None = None) -> str:
    """An input as `staffing.decision.naming` names it ("per call: setup fee"), in the reader's language.

    `within` is the option that is spoken of, which need not be named.
    """
    owner, colon, figure = name.partition(": ")
    if not colon:
        return _figure(lang, name)
    if owner == within:
        return _figure(lang, figure)
    return lang.tr("{part}: {figure}", part=phrase(lang, OPTIONS, owner), figure=_figure(lang, figure))


def price_text(lang: Language, source: str, path: str) -> str:
    """A price of a mix's source, such as `tiers.0` or `seat_month.weekday day`."""
    field, _, hours = path.partition(".")
    figure = _figure(lang, figure_words(field))
    if hours and not hours.isdigit():
        figure = lang.tr("{figure} ({hours})", figure=figure, hours=lang.sentence(hours))
    elif hours:
        figure = _figure(lang, figure_words(path))
    return lang.tr("{part}: {figure}", part=phrase(lang, OPTIONS, source), figure=figure)


def _figure(lang: Language, words: str) -> str:
    """Words of a figure, a number of a tier in brackets behind them."""
    match = _NUMBERED.fullmatch(words)
    if match is None:
        return lang.sentence(words)
    return lang.tr("{figure} ({number})", figure=lang.sentence(match["words"]), number=match["number"])
