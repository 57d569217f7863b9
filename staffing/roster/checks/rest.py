"""Rules between duties and on days: one shift a day, no overlap, rest, days off, leave, minors at night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from staffing.notes import Note
from staffing.roster.checks.case import Case, breach, hours, moment
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Stint, wall_instant, week_of

ADULT_AGE = 18


def one_shift_a_day(case: Case) -> Iterator[Violation]:
    """One agent has one duty a business date; each further one is reported."""
    for _, day, stints in case.days():
        for number, stint in enumerate(stints[1:], start=2):
            yield breach(
                stint,
                "one_shift_a_day",
                "plan",
                str(number),
                "1",
                Note.of(
                    "this is duty number {number} on {day}, one a day is allowed", number=number, day=day
                ),
            )


def no_overlap(case: Case) -> Iterator[Violation]:
    """Nobody is in two places: a duty begins no earlier than all the agent's duties begun before it have ended."""
    for before, stint in _followed(case):
        if stint.presence[0] < before.presence[1]:
            start, end = moment(stint.duty.start), moment(before.duty.end)
            yield breach(
                stint,
                "overlap",
                "plan",
                start,
                end,
                Note.of("the duty starts at {start} while another runs until {end}", start=start, end=end),
            )


def daily_rest(case: Case) -> Iterator[Violation]:
    """Between the work of one business date and of the next lies the pack's rest; a remark where that is soft."""
    pack = case.problem.pack
    for before, stint in _followed(case):
        rest = stint.presence[0] - before.presence[1]
        if before.day != stint.day and 0 <= rest < pack.min_rest_minutes:
            yield breach(
                stint,
                "rest",
                pack.article("min_rest_minutes"),
                hours(rest),
                hours(pack.min_rest_minutes),
                Note.of(
                    "{found} hours of rest since the duty before, {allowed} are needed",
                    found=hours(rest),
                    allowed=hours(pack.min_rest_minutes),
                ),
                "soft" if "min_rest_minutes" in pack.soft else "hard",
            )


def days_off(case: Case) -> Iterator[Violation]:
    """A working week has the pack's days off: no business date and no minute of a duty; days not planned are off."""
    pack, zone = case.problem.pack, case.problem.horizon.zone
    for agent_id, stints in case.by_agent.items():
        taken = {day for stint in stints for day in (stint.day, *stint.dates(zone))}
        for first in sorted({week_of(day, case.problem.week_start) for day in taken}):
            off = sum(first + timedelta(days=i) not in taken for i in range(7))
            if off < pack.min_days_off_week:
                yield Violation(
                    "days_off",
                    pack.article("min_days_off_week"),
                    agent_id,
                    first,
                    str(off),
                    str(pack.min_days_off_week),
                    Note.of(
                        "the week from {first} has {found} days off, {allowed} are needed",
                        first=first,
                        found=off,
                        allowed=pack.min_days_off_week,
                    ),
                    units=pack.min_days_off_week - off,
                )


def leave(case: Case) -> Iterator[Violation]:
    """Nobody has a duty on a business date of leave."""
    for stint in case.stints:
        if stint.day in case.agents[stint.agent_id].leave:
            yield breach(
                stint,
                "leave",
                "plan",
                str(stint.day),
                "no duty",
                Note.of("the duty lies on {day}, a day of leave", day=stint.day),
            )


def minors_at_night(case: Case) -> Iterator[Violation]:
    """Nobody under 18 works in the night hours."""
    pack, zone = case.problem.pack, case.problem.horizon.zone
    for stint in case.stints:
        born = case.agents[stint.agent_id].birth_date
        if born is None:
            continue
        adult = wall_instant(_birthday(born, ADULT_AGE), 0, zone)
        night = stint.night_minutes(pack.night_start_minute, pack.night_end_minute, zone, until=adult)
        if night:
            yield breach(
                stint,
                "minor_night",
                pack.article("minor_night"),
                f"{night} min",
                "0 min",
                Note.of("an agent under 18 works {minutes} minutes in the night hours", minutes=night),
            )


def is_minor(born: date | None, day: date) -> bool:
    """Whether somebody born then is under 18 on a day; without a date of birth nobody is."""
    return born is not None and day < _birthday(born, ADULT_AGE)


def _followed(case: Case) -> Iterator[tuple[Stint, Stint]]:
    """Every duty but an agent's first, after that duty begun before it which ends last."""
    for stints in case.by_agent.values():
        ordered = sorted(stints, key=lambda s: (s.presence, s.position))
        for i, stint in enumerate(ordered[1:], start=1):
            yield max(ordered[:i], key=lambda s: s.presence[1]), stint


def _birthday(born: date, age: int) -> date:
    """The day that age is reached; for someone born on 29 February, 1 March of a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return born.replace(year=born.year + age, day=28) + timedelta(days=1)
