"""Lawful rosters in weeks with and without a clock change, and ways to spoil them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty
from tests.roster.data.check_desk import agent, desk, duty, free

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def sample(zone: str, sunday: date) -> tuple[RosterProblem, list[Duty]]:
    """Three people for two weeks: eight-hour days, late shifts over midnight, a minor's mornings."""
    problem = desk(
        agent("A", contract="full"),
        agent("B", contract="part", wage=1013, leave=frozenset({sunday + 4 * DAY})),
        agent("C", contract="part", wage=987, birth_date=date(sunday.year - 17, 6, 1)),
        hours=("06:00-26:00",),
        start=sunday,
        end=sunday + 13 * DAY,
        zone=zone,
        need=1,
        contracts=(
            free(name="full", min_hours_week=40, max_hours_week=40, max_shifts_week=5, shifts=("F8",)),
            free(name="part", min_hours_week=10, max_hours_week=25, max_shifts_week=6, shifts=("N4",)),
        ),
    )
    duties = []
    for i in range(14):
        day = sunday + i * DAY
        if i % 7 in (1, 2, 3, 5, 6):
            duties.append(duty(day, "09:00-18:00", "12:00-13:00", code="F8-0900", zone=zone))
        if i % 7 in (1, 2, 3, 5):
            duties.append(duty(day, "22:00-26:00", agent="B", code="N4-2200", zone=zone))
        if i % 7 in (0, 2, 4):
            duties.append(duty(day, "06:00-12:00", "09:00-09:15", agent="C", zone=zone))
    if zone != "Asia/Tokyo":  # a shift lasts four hours whatever the clock says
        duties = [
            replace(d, end=(d.start.astimezone(UTC) + timedelta(hours=4)).astimezone(d.start.tzinfo))
            if d.shift_code == "N4-2200"
            else d
            for d in duties
        ]
    return problem, duties


SAMPLES = [
    sample("Asia/Tokyo", date(2027, 1, 31)),
    sample("Asia/Jerusalem", date(1999, 3, 28)),
    sample("America/New_York", date(2027, 3, 7)),
    sample("America/New_York", date(2027, 10, 31)),
]


def moved(moment: datetime, minutes: int) -> datetime:
    return (moment.astimezone(UTC) + minutes * MINUTE).astimezone(moment.tzinfo)


def spoil(duties: list[Duty], kind: str, which: int, amount: int) -> list[Duty]:
    """The roster with one duty changed."""
    which %= len(duties)
    old = duties[which]
    rest = [d for i, d in enumerate(duties) if i != which]
    pauses = old.breaks
    match kind:
        case "move":
            shifted = tuple((moved(a, amount), moved(b, amount)) for a, b in pauses)
            new = [replace(old, start=moved(old.start, amount), end=moved(old.end, amount), breaks=shifted)]
        case "stretch":
            new = [replace(old, end=moved(old.end, amount))]
        case "drop break":
            new = [replace(old, breaks=pauses[1:])]
        case "move break":
            new = [replace(old, breaks=tuple((moved(a, amount), moved(b, amount)) for a, b in pauses))]
        case "stretch break":
            new = [replace(old, breaks=tuple((a, moved(b, amount)) for a, b in pauses))]
        case "add break":
            start = moved(old.start, abs(amount))
            new = [replace(old, breaks=(*pauses, (start, moved(start, 15))))]
        case "hand over":
            new = [replace(old, agent_id="ABCX"[amount % 4])]
        case "other day":
            days = amount % 15 - 7
            pauses = tuple((a + days * DAY, b + days * DAY) for a, b in pauses)
            new = [
                replace(
                    old,
                    business_date=old.business_date + days * DAY,
                    start=old.start + days * DAY,
                    end=old.end + days * DAY,
                    breaks=pauses,
                )
            ]
        case "wrong date":
            new = [replace(old, business_date=old.business_date + (amount % 3 - 1) * DAY)]
        case "other code":
            new = [replace(old, shift_code=("F8-0800", "N4-2200", "N4-0600", "x")[amount % 4])]
        case "twice":
            new = [old, replace(old, start=moved(old.start, amount), end=moved(old.end, amount))]
        case _:
            new = []
    return [*rest, *new]


KINDS = (
    "move",
    "stretch",
    "drop break",
    "move break",
    "stretch break",
    "add break",
    "hand over",
    "other day",
    "wrong date",
    "other code",
    "twice",
    "drop",
)
