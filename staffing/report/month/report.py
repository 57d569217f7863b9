"""The month's report: its records, what they are compared with, and why they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from staffing.demand.history import History
from staffing.errors import Fault, InputError
from staffing.notes import Note
from staffing.report.month.actual import Actual, Month
from staffing.report.month.changes import Change, abandonment_change, cost_change, handling_change
from staffing.report.month.cost import Cost, estimate_cost
from staffing.report.month.planned import Planned


@dataclass(frozen=True)
class MonthReport:
    """A month beside the one before and the plan; what is not known is None.

    `cost` is the month's, recorded or estimated; `cost_before` that of the month before, recorded only.
    """

    name: str
    currency: str
    now: Actual
    before: Actual | None
    plan: Planned | None
    cost: Cost | None
    cost_before: Cost | None
    changes: tuple[Change, ...]
    notes: tuple[Note, ...]


def month_report(
    history: History | Sequence[History],
    month: str,
    *,
    name: str,
    plan: Planned | None = None,
    costs: Mapping[str, Cost] | None = None,
    currency: str = "JPY",
) -> MonthReport:
    """Everything a month's report says.

    Args:
        history: the records; of several histories a month is taken from the one with most days of it.
        month: such as "2027-02", of business dates.
        name: of the desk.
        plan: what was planned for the month; `Planned.of` takes it from a plan.
        costs: by month, from `read_costs`; without them a plan's cost of an agent-hour estimates the month's.
        currency: of the costs, where there is no plan.

    Raises:
        InputError: no records of the month.
        ConfigError: a month that is none.
    """
    histories = [history] if isinstance(history, History) else list(history)
    wanted = Month(month)
    now, before = _fullest(histories, wanted), _fullest(histories, wanted.before)
    if now is None:
        file = histories[0].source if histories else "history"
        raise InputError(file, [Fault(f"no record in {month}", _period(histories))])
    given = dict(costs or {})
    cost = given.get(month)
    if cost is None and plan is not None:
        cost = estimate_cost(now, plan)
    return MonthReport(
        name=name,
        currency=plan.currency if plan is not None else currency,
        now=now,
        before=before,
        plan=plan,
        cost=cost,
        cost_before=given.get(wanted.before.name),
        changes=tuple(_changes(now, before, plan, cost)),
        notes=tuple(_notes(now, before, plan, cost)),
    )


def _fullest(histories: Sequence[History], month: Month) -> Actual | None:
    """The history's part with most days of the month; None when none has a record of it."""
    parts = [Actual.of(history, month) for history in histories]
    found = max(parts, key=lambda part: part.days, default=None)
    return found if found is not None and found.days else None


def _period(histories: Sequence[History]) -> str:
    days = [history.frame["business_date"] for history in histories if len(history.frame)]
    if not days:
        return "a history with records"
    first, last = min(day.min() for day in days), max(day.max() for day in days)
    return f"a month from {first:%Y-%m-%d} to {last:%Y-%m-%d}"


def _changes(now: Actual, before: Actual | None, plan: Planned | None, cost: Cost | None) -> Iterator[Change]:
    patience = None if plan is None else plan.patience_seconds
    sides: list[Actual | Planned] = [side for side in (before, plan) if side is not None]
    found = [abandonment_change(now, side, patience) for side in sides]
    found += [handling_change(now, side) for side in sides]
    if plan is not None and cost is not None:
        found.append(cost_change(now, cost, plan))
    yield from (change for change in found if change is not None)


def _notes(now: Actual, before: Actual | None, plan: Planned | None, cost: Cost | None) -> Iterator[Note]:
    for side in (now, before):
        if side is not None and side.missing_days:
            days = ", ".join(f"{day:%m-%d}" for day in side.missing_days)
            yield Note.of(
                "{month}: no records of {days}; these days are in no figure", month=side.month.name, days=days
            )
    if before is None:
        yield Note.of("There are no records of the month before")
    if plan is None:
        yield Note.of("There is no plan for this month")
    else:
        yield from _plan_notes(now, plan)
    if cost is not None and cost.estimated:
        yield Note.of(
            "The cost is estimated: agent-hours on duty x the plan's cost of an agent-hour; give the month's costs "
            "to replace it"
        )
    if not now.totals["short_abandoned"]:
        yield Note.of("The records hold no short abandoned calls")
    if not now.totals["blocked"]:
        yield Note.of("The records hold no blocked calls: both abandon rates are the same")
    yield from now.notes


def _plan_notes(now: Actual, plan: Planned) -> Iterator[Note]:
    keys = ["queue", "interval_start"]
    both = now.frame[keys].merge(plan.frame[keys], on=keys)
    unplanned, unseen = len(now.frame) - len(both), len(plan.frame) - len(both)
    if unplanned:
        text = "{count} recorded intervals were not planned; totals of the month hold them"
        yield Note.of(text, count=f"{unplanned:,}")
    if unseen:
        text = "{count} planned intervals have no record; totals of the plan hold them"
        yield Note.of(text, count=f"{unseen:,}")
    if not plan.scheduled:
        yield Note.of("The plan has no people by interval: its service is not known")
