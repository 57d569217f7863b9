"""Words for what a decision's files hold as codes: causes of lost calls, reasons, and names of figures."""

from __future__ import annotations

import re
from collections.abc import Mapping

from staffing.wording.figures import figure_words
from staffing.wording.language import Language
from staffing.wording.words import OPTIONS, mark, phrase, source_phrase

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


def source_text(lang: Language, name: str) -> str:
    """A source of a mix: an option, or one part of an option ("bundle, 300 calls")."""
    option, comma, part = name.rpartition(", ")
    if name in OPTIONS or not comma or option not in OPTIONS:
        return phrase(lang, OPTIONS, name)
    return lang.tr("{option}: {part}", option=phrase(lang, OPTIONS, option), part=lang.sentence(part))


def note_text(lang: Language, text: str, values: Mapping[str, object]) -> str:
    """A note in the reader's language, its options called as the tables call them."""
    return lang.note({"text": text, "values": {name: _called(lang, str(v)) for name, v in values.items()}})


def _called(lang: Language, value: str) -> str:
    """A value of a note: an option or a source of a mix by its phrase, names in a row each by its own."""
    phrased = source_phrase(lang, value)
    if phrased != value or ", " not in value:
        return phrased
    names = [(name, lang.tr(name)) for name in value.split(", ")]
    return lang.tr(", ").join(said for _, said in names) if all(a != b for a, b in names) else value


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
    return lang.tr("{part}: {figure}", part=source_text(lang, source), figure=figure)


def _figure(lang: Language, words: str) -> str:
    """Words of a figure, a number of a tier in brackets behind them."""
    match = _NUMBERED.fullmatch(words)
    if match is None:
        return lang.sentence(words)
    return lang.tr("{figure} ({number})", figure=lang.sentence(match["words"]), number=match["number"])
