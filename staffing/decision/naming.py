"""What the inputs of a decision are called in words."""

from __future__ import annotations

import re

from staffing.notes import Note
from staffing.sourcing import Tariffs
from staffing.sourcing.mix import Tip
from staffing.sourcing.tariffs import KINDS
from staffing.wording.figures import DESK, FIGURES, figure_words

_OFFER = re.compile(r"^(?P<kind>\w+)\[(?P<number>\d+)\]\.(?P<rest>.+)$")


def input_name(tariffs: Tariffs, path: str) -> str:
    """An input in words: "in-house: wage an hour" for `in_house.wage_hour`, "AHT, s" for `case.aht_seconds`.

    A path that is not known comes back as it is.
    """
    first, _, rest = path.partition(".")
    if first == "case":
        return DESK.get(rest, path)
    if first == "in_house":
        return f"{tariffs.in_house.name}: {figure_words(rest)}"
    match = _OFFER.match(path)
    if match is None or match["kind"] not in KINDS:
        return path
    offers = tariffs.of(KINDS[match["kind"]])
    return f"{offers[int(match['number']) - 1].name}: {figure_words(match['rest'])}"


def tip_note(tip: Tip) -> Note:
    """The price at which another mix wins."""
    field, _, of_class = tip.price.partition(".")
    price = FIGURES.get(field, field)
    gaps = {"source": tip.source, "now": _plain(tip.now), "then": _plain(tip.then)}
    if of_class and not of_class.isdigit():
        text = "{source}: {price}, {hours}, {then} instead of {now}"
        return Note.of(text, price=price, hours=of_class, **gaps)
    return Note.of("{source}: {price} {then} instead of {now}", price=price, **gaps)


def _plain(value: float) -> str:
    """A price with no more digits than tell it from another."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.4g}"
