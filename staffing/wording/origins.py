"""Words for where a rate is from: a text of the tariff file, and what a bill adds to it.

Texts of the catalogue that comes with the package are translated; `scripts/translations.py` reads them there. Those
of a user's own file are shown as they are written.
"""

from __future__ import annotations

from functools import cache

from staffing.wording.language import Language
from staffing.wording.templates import Templates
from staffing.wording.words import mark

_JOIN = "; "
# What the lines of a bill add behind the text of the file, or say in its place.
ADDITIONS = (
    mark("the roster, premiums included"),
    mark("the roster's mean, premiums included"),
    mark("{hours} paid hours for each person hired"),
    mark("{hours} paid hours a person, with employer's social insurance of {share}"),
    mark("with employer's social insurance of {share}"),
    mark("with paid training"),
    mark("x {hours} paid hours"),
    mark("{share} of paid hours, by the learning curve"),
    mark("{amount} x {share} less the lines above"),
    mark("leased for {months} months"),
    mark("{lives} x {months} months paid, spread over {horizon}"),
    mark("seat, space, PC, licence, telephone"),
    mark("handling time and {minutes} minutes a call"),
    mark("{minutes} minutes a call, with social insurance"),
    mark("{share} of handled calls, {seconds} s each"),
    mark("liaison hours"),
    mark("escalated calls"),
    mark("{share} of the seat-hours, x {factor} for {hours}"),
    mark("a booth-month of {hours} h, x {factor}"),
    mark("at least {hours} h a month are paid"),
    mark("x {factor} for its hours"),
    mark("x {factor} for {hours}"),
    mark("with {channels} channels"),
    mark("included"),
    mark("included in the monthly fee"),
    mark("class hours"),
    mark("setup, training"),
    mark("setup, training, manual"),
    mark("mean of the vendors' rates by their shares"),
    mark("vendors' management, telephone system"),
    mark("{share} leave: {where}"),
    mark("kept under the contract's terms"),
    mark("not stated"),
    mark("not stated: as one's own people"),
    mark("not stated: somebody of one's own is always there"),
)
_PLAIN = frozenset(text for text in ADDITIONS if "{" not in text)


@cache
def _filled() -> Templates:
    return Templates.of(ADDITIONS)


def origin_text(lang: Language, where: str) -> str:
    """Where a rate is from, in the reader's language, as far as it is not a user's own text."""
    found = lang.tr(where)
    if found != where:
        return found
    text, join, addition = where.rpartition(_JOIN)
    said = _addition(lang, addition)
    if said is None:
        return where
    return lang.tr(_JOIN).join((origin_text(lang, text), said)) if join else said


def _addition(lang: Language, text: str) -> str | None:
    """What a bill adds, in the reader's language; None for any other text."""
    if text in _PLAIN or _is_factor(text):
        return lang.tr(text)
    found = _filled().match(text)
    if found is None:
        return None
    template, values = found
    return lang.tr(template, **{name: lang.tr(value) for name, value in values.items()})


def _is_factor(text: str) -> bool:
    """Whether the text is only "x 1.25": too few letters for a template."""
    sign, _, number = text.partition(" ")
    return sign == "x" and number.replace(".", "", 1).isdigit()
