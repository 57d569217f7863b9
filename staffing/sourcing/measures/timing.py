"""When measures work and what they cost until a horizon ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from staffing.sourcing.lines import ONCE, CostLine
from staffing.sourcing.measures.effect_of import Running
from staffing.sourcing.measures.measure import Catalogue, Measure

PERIOD = "horizon"


def starts_after(catalogue: Catalogue, names: Sequence[str]) -> Mapping[str, int]:
    """Months until each of some measures works when all begin at once: not before what it requires."""
    return {name: max(catalogue[other].lead for other in catalogue.closure(name)) for name in names}


def one_off(measure: Measure, heads: float) -> float:
    """What is paid once, not rounded."""
    return measure.costs.one_off.value + heads * measure.costs.one_off_head.value


def bill(running: Running, heads: float, months: int) -> Iterator[CostLine]:
    """A measure's cost lines when it is in force for some months; lines of nothing are left out."""
    costs = running.measure.costs
    parts = (
        ("set-up", 1.0, ONCE, costs.one_off),
        ("set-up for each person", heads, ONCE, costs.one_off_head),
        ("monthly fee", float(months), "month", costs.monthly),
        ("monthly fee for each person", heads * months, "head-month", costs.monthly_head),
        ("contacts it takes", running.contacts * months, "contact", costs.per_contact),
        ("agents added", running.paid_hours * months, "paid hour", costs.paid_hour),
    )
    for item, quantity, unit, figure in parts:
        if quantity and figure.value:
            yield CostLine.of(PERIOD, item, quantity, unit, figure)
