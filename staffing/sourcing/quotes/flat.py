"""The flat plan: one price a month; calls beyond its number are refused, or taken at a price each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.comparison import Size
from staffing.sourcing.lines import CostLine
from staffing.sourcing.quotes.channels import SHARED_POOL, Channels, fewest_channels, with_refused
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft
from staffing.sourcing.tariffs import Flat


def draft_flat(tariff: Flat, case: Case, context: Context) -> Draft:
    """Price a flat plan with the fewest channels that reach the target; refused calls are lost."""
    full = fewest_channels(tariff, case)
    most = tariff.calls.value
    beyond = {name: _beyond(case, months, most) for name, months in full.handled().items()}
    refused = tariff.beyond == "refused"
    bought = with_refused(full, _kept(full, beyond)) if refused else full
    over = sum(sum(months.values()) for months in beyond.values())
    notes = [SHARED_POOL]
    if over > 1e-6 and refused:
        text = "{calls} calls beyond the {most} a month of the plan are refused"
        notes.append(Note.of(text, calls=f"{over:.0f}", most=f"{most:.10g}"))
    return Draft(
        capacity=Note.of(
            "up to {calls} calls a month, channels: {channels}, {hours}",
            calls=f"{most * len(full.by_queue):.10g}",
            channels=full.count,
            hours=full.tier.name,
        ),
        size=Size(channels=full.count, calls=most * len(full.by_queue)),
        lines=tuple(_lines(tariff, full, {} if refused else beyond)),
        reached=bought.reached,
        obstacles=tuple(full.obstacles()),
        notes=tuple(notes),
    )


def _beyond(case: Case, handled: Mapping[str, float], most: float) -> dict[str, float]:
    """Calls of each month beyond the plan's number, which shrinks by days in a partial month."""
    return {month.name: max(0.0, handled[month.name] - most * month.share) for month in case.months}


def _kept(full: Channels, beyond: Mapping[str, Mapping[str, float]]) -> npt.NDArray[np.float64]:
    """Per row, the share of answered calls that is taken: spread evenly over the month, whose totals are exact."""
    kept = np.ones(len(full.case.calls))
    handled = full.handled()
    for name, rows in full.case.queues.items():
        months = full.case.row_month[rows]
        for month, over in beyond[name].items():
            if over:
                kept[rows[months == month]] = 1 - over / handled[name][month]
    return kept


def _lines(tariff: Flat, bought: Channels, beyond: Mapping[str, Mapping[str, float]]) -> Iterator[CostLine]:
    """The bill: setup once; the price, extra channels and calls beyond by month, times the hours factor."""
    yield bought.setup_line()
    extra = {line.month: line for line in bought.extra_lines()}
    for month in bought.case.months:
        fee = len(bought.by_queue) * month.share
        yield CostLine.of(month.name, "flat price", fee, month.unit, tariff.month, bought.factor, bought.note)
        if month.name in extra:
            yield extra[month.name]
        over = sum(months[month.name] for months in beyond.values())
        if over > 1e-6:
            item = "calls beyond those included"
            yield CostLine.of(month.name, item, over, "call", tariff.overage, bought.factor, bought.note)
