"""Rules between duties and on days: one shift a day, no overlap, rest, leave, minors at night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from staffing.notes import Note
from staffing.roster.checks.case import Case, breach, hours, moment
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Stint, instant, wall_instant

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
    least = pack.min_rest_minutes
    if least is None:
        return
    followed = (
        (stint, stint.presence[0] - before.presence[1], before.day) for before, stint in _followed(case)
    )
    for stint, rest, day in chain(followed, _first_duties(case)):
        if day != stint.day and 0 <= rest < least:
            yield breach(
                stint,
                "rest",
                pack.article("min_rest_minutes"),
                hours(rest),
                hours(least),
                Note.of(
                    "{found} hours of rest since the duty before, {allowed} are needed",
                    found=hours(rest),
                    allowed=hours(least),
                ),
                "soft" if "min_rest_minutes" in pack.soft else "hard",
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
    if pack.minor_night:
        return
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


def _first_duties(case: Case) -> Iterator[tuple[Stint, int, date]]:
    """Every agent's first duty with the rest since the last one before the horizon, where that is known."""
    for agent_id, stints in case.by_agent.items():
        carried = case.agents[agent_id].carried
        if stints and carried is not None and carried.last_end is not None:
            first = min(stints, key=lambda s: s.presence)
            yield first, first.presence[0] - instant(carried.last_end), date.min


def _birthday(born: date, age: int) -> date:
    """The day that age is reached; for someone born on 29 February, 1 March of a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return born.replace(year=born.year + age, day=28) + timedelta(days=1)
