"""Break-even: what every option costs a month against the monthly volume, at the same service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from staffing.errors import ConfigError, SettingFault
from staffing.notes import Note
from staffing.sourcing.breakeven.envelope import Band, Crossing, Envelope, Point
from staffing.sourcing.case import Case
from staffing.sourcing.horizon.shape import DemandShape
from staffing.sourcing.quotes import Context, Quote, quote
from staffing.sourcing.tariffs import Offered


@dataclass(frozen=True)
class BreakEven:
    """Costs by volume and where the cheapest way changes.

    `bands` say which option is the cheapest from which to which volume, `crossings` why it changes there. `pairs` has
    one row per crossing of two options: `option`, `other`, `calls` (from here on), `before`, `after` (which of the
    two is the cheaper; missing where neither can be had), `reason`. `curve` has one row per option and volume priced:
    `option`, `calls`, `cost` (a month, in the smallest currency unit), `can_be_had`, `heads`, `seats`, `channels`,
    `abandonment`, `service_level`.
    """

    bands: tuple[Band, ...]
    crossings: tuple[Crossing, ...]
    pairs: pd.DataFrame
    curve: pd.DataFrame
    notes: tuple[Note, ...]

    def between(self, option: str, other: str) -> pd.DataFrame:
        """The crossings of two options, in either order of names."""
        names = {option, other}
        rows = [{a, b} == names for a, b in zip(self.pairs["option"], self.pairs["other"], strict=True)]
        return self.pairs[rows].reset_index(drop=True)


@dataclass
class _Desk:
    """Prices offers at whole monthly volumes of one month; each case is made once."""

    shape: DemandShape
    context: Context
    month: str
    spread_months: int | None
    _cases: dict[int, Case]
    _quotes: dict[tuple[str, int], Quote]

    def price(self, offer: Offered, calls: int) -> Point:
        """One offer at one volume."""
        if calls not in self._cases:
            self._cases[calls] = self.shape.case(self.month, float(calls))
        found = quote(offer, self._cases[calls], self.context)
        self._quotes[offer.name, calls] = found
        bought = (found.size, frozenset(line.item for line in found.lines))
        return Point(self._cost(found), bought, self._obstacle(offer, found, calls))

    def _cost(self, found: Quote) -> float:
        """A month's cost, with its part of what is paid once, and lost calls where they count."""
        once = 0.0 if self.spread_months is None else found.summary.one_off / self.spread_months
        return found.summary.total - found.summary.one_off + once + self._lost(found)

    def _lost(self, found: Quote) -> int:
        prices = self.context.tariffs.lost_calls
        return (found.summary.lost_calls_cost or 0) if prices is not None and prices.counted else 0

    def _obstacle(self, offer: Offered, found: Quote, calls: int) -> Literal["capacity", "minimum"] | None:
        if found.summary.meets_target:
            return None
        least = getattr(offer, "minimum_calls", None)
        return "minimum" if least is not None and calls < least.value else "capacity"

    def curve(self) -> pd.DataFrame:
        """Everything that was priced."""
        rows = [
            (
                option,
                calls,
                self._cost(found),
                found.summary.meets_target,
                found.size.heads,
                found.size.seats,
                found.size.channels,
                found.summary.abandonment,
                found.summary.service_level,
            )
            for (option, calls), found in sorted(self._quotes.items())
        ]
        names = ("option", "calls", "cost", "can_be_had", "heads", "seats", "channels")
        return pd.DataFrame(rows, columns=[*names, "abandonment", "service_level"])


def break_even(
    offers: Sequence[Offered],
    shape: DemandShape,
    context: Context,
    *,
    month: str,
    least: int = 1,
    most: int = 5000,
    spread_months: int | None = None,
    points: int = 0,
    stretch: int = 1,
    pairs: bool = True,
) -> BreakEven:
    """Find the cheapest way of every monthly volume from `least` to `most`, exact to one call.

    Every option is sized to the shape's target at each volume that is priced. What lost calls are worth is part of
    the cost where the tariffs count it. Costs must not fall with volume; where
    those priced do, a note says so.

    Args:
        offers: of any kind, with names of their own.
        shape: typical days, target, patience.
        context: the tariffs around the offers; a roster's facts are not used.
        month: whose weekdays the volume falls on, as "2027-05".
        least: smallest monthly volume.
        most: largest monthly volume.
        spread_months: what is paid once counts as spread over so many months; left out when None.
        points: volumes of equal distance that `curve` holds at least.
        stretch: volumes so many calls apart, or fewer, that have the same cheapest way are not looked into between
            them: quicker for large desks. A note says so.
        pairs: whether to find the crossings of every two options, too; without them `pairs` is empty.

    Raises:
        ConfigError: volumes out of order, or offers of one name.
    """
    names = tuple(offer.name for offer in offers)
    _check(names, least, most, spread_months, stretch)
    desk = _Desk(shape, Context(context.tariffs, None, context.new_desk), month, spread_months, {}, {})
    envelope = Envelope({offer.name: partial(desk.price, offer) for offer in offers})
    bands = envelope.bands(least, most, None, stretch)
    found = [
        (one, other, crossing.calls, crossing.before, crossing.after, crossing.reason)
        for one, other in (combinations(names, 2) if pairs else ())
        for crossing in envelope.crossings(envelope.bands(least, most, (one, other), stretch))
    ]
    for calls in np.unique(np.linspace(least, most, points).astype(int)) if points else ():
        for name in names:
            envelope.at(name, int(calls))
    columns = ["option", "other", "calls", "before", "after", "reason"]
    return BreakEven(
        bands,
        envelope.crossings(bands),
        pd.DataFrame(found, columns=columns),
        desk.curve(),
        tuple(_notes(envelope, spread_months, stretch)),
    )


def _check(names: tuple[str, ...], least: int, most: int, spread_months: int | None, stretch: int) -> None:
    faults = []
    if stretch < 1:
        faults.append(SettingFault("stretch", str(stretch), "must be at least 1"))
    if not 0 < least < most:
        faults.append(SettingFault("least", str(least), f"must be above 0 and below most = {most}"))
    if len(set(names)) < len(names) or not names:
        faults.append(
            SettingFault("offers", ", ".join(names), "must be at least one, each with its own name")
        )
    if spread_months is not None and spread_months < 1:
        faults.append(SettingFault("spread_months", str(spread_months), "must be at least 1"))
    if faults:
        raise ConfigError("break-even", faults)


def _notes(envelope: Envelope, spread_months: int | None, stretch: int) -> list[Note]:
    if spread_months is None:
        notes = [Note.of("What is paid once is left out")]
    else:
        notes = [Note.of("What is paid once is spread over {months} months", months=spread_months)]
    if stretch > 1:
        notes.append(Note.of("A change that is undone within {calls} calls is not looked for", calls=stretch))
    falling = next(envelope.falls(), None)
    if falling is not None:
        option, fewer, more = falling
        text = "{option} costs less at {more} calls than at {fewer}: crossings between volumes priced may be missing"
        notes.append(Note.of(text, option=option, more=more, fewer=fewer))
    return notes
