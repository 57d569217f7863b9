"""What plans that sell seats by the hour have in common: their draft, and what a bill begins with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from staffing.notes import Note
from staffing.sourcing.comparison import Size
from staffing.sourcing.lines import ONCE, CostLine
from staffing.sourcing.quotes.draft import Draft
from staffing.sourcing.quotes.seats import Seats
from staffing.sourcing.tariffs import Hourly, PerBooth


def seat_draft(bought: Seats, capacity: Note, lines: Iterable[CostLine]) -> Draft:
    """The draft of seats that were bought, with their bill."""
    return Draft(
        capacity=capacity,
        size=Size(seats=bought.most_of_all_queues, hours=bought.hours),
        lines=tuple(lines),
        reached=bought.reached,
    )


def start_lines(tariff: Hourly | PerBooth, month: str) -> Iterator[CostLine]:
    """What both ask once, in the first month."""
    yield CostLine.of(month, "setup fee", 1, ONCE, tariff.setup_fee)
    yield CostLine.of(month, "training", 1, ONCE, tariff.training)
