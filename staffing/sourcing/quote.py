"""A quote: one option's bill, the service it gives, and what stands in its way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from staffing.notes import Note
from staffing.sourcing.comparison import OptionService
from staffing.sourcing.lines import ONCE, CostLine, total
from staffing.sourcing.service import Service


@dataclass(frozen=True)
class Quote:
    """One option priced. `intervals` holds seats and service per row of the case; empty where not known."""

    summary: OptionService
    lines: tuple[CostLine, ...]
    intervals: pd.DataFrame


def measured_quote(
    option: str,
    capacity: Note,
    service: Service,
    lines: Iterable[CostLine],
    *,
    obstacles: Iterable[Note] = (),
    notes: Iterable[Note] = (),
) -> Quote:
    """The quote of an offer whose service was measured; with an obstacle it cannot be bought for this target."""
    bill = tuple(lines)
    against = (*obstacles, *service.misses())
    one_off = total(line for line in bill if line.unit == ONCE)
    missing = int(service.rates.missing.sum())
    summary = OptionService(
        option=option,
        capacity=capacity,
        abandonment=service.abandonment,
        service_level=service.service_level,
        handled_calls=float(service.rates.handled.sum()),
        total=total(bill),
        meets_target=not against,
        notes=(*against, *notes, *_remarks(one_off, missing, service)),
        asa_seconds=service.asa_seconds,
        one_off=one_off,
        intervals_open=int((service.rates.calls > 0).sum()),
        intervals_missing=missing,
    )
    return Quote(summary, bill, service.table())


def _remarks(one_off: int, missing: int, service: Service) -> Iterator[Note]:
    if missing and service.meets:
        calls = service.rates.calls
        yield Note.of(
            "The target is reached over the whole period; {missing} of {intervals} intervals miss it by themselves",
            missing=missing,
            intervals=int((calls > 0).sum()),
        )
    if one_off:
        yield Note.of("{amount} of the total is paid once, at the start", amount=f"{one_off:,}")
