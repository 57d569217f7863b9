"""Mean hours over a reference period: the week's, and a night worker's in 24 hours.

A period is made of whole working weeks, the days outside the horizon counting as days without work; planned days of
leave are left out of it, so that they neither raise nor lower the mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice

from staffing.notes import Note
from staffing.roster.checks.case import Case, hours
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Stint

WEEKS_A_YEAR = 52

Week = tuple[date, tuple[Stint, ...]]  # first day, duties
Period = tuple[date, tuple[Stint, ...], int]  # first day, duties, days that count


def mean_week(case: Case) -> Iterator[Violation]:
    """The mean week of each reference period has no more work than the pack allows."""
    means = case.problem.pack.means
    if means is None:
        return
    for agent_id, own in _weeks(case).items():
        for first, stints, days in _periods(case, agent_id, own, means.reference_months * WEEKS_A_YEAR // 12):
            work = sum(stint.work_minutes for stint in stints)
            if work * 7 > means.week_minutes * days:
                mean = hours(float(Fraction(work * 7, days)))
                yield Violation(
                    "mean_week",
                    case.problem.pack.article("means.week_minutes"),
                    agent_id,
                    first,
                    mean,
                    hours(means.week_minutes),
                    Note.of(
                        "{found} hours of work in the mean week from {first} on, {allowed} are allowed",
                        found=mean,
                        first=first,
                        allowed=hours(means.week_minutes),
                    ),
                )


def mean_night(case: Case) -> Iterator[Violation]:
    """A night worker's mean of 24 hours is no more than the pack allows; one day of rest a week is left out.

    A night worker is somebody of whose duties in the period more than half hold the pack's minutes of night.
    """
    pack, zone = case.problem.pack, case.problem.horizon.zone
    means = pack.means
    if means is None:
        return
    for agent_id, own in _weeks(case).items():
        for first, stints, days in _periods(case, agent_id, own, means.night_reference_weeks):
            nights = sum(
                stint.night_minutes(pack.night_start_minute, pack.night_end_minute, zone)
                >= means.night_worker_minutes
                for stint in stints
            )
            work, counted = sum(stint.work_minutes for stint in stints), Fraction(days * 6, 7)
            if 2 * nights > len(stints) and work > means.night_day_minutes * counted:
                mean = hours(float(work / counted))
                yield Violation(
                    "mean_night",
                    pack.article("means.night_day_minutes"),
                    agent_id,
                    first,
                    mean,
                    hours(means.night_day_minutes),
                    Note.of(
                        "a night worker has {found} hours of work in the mean of 24 hours from {first} on,"
                        " {allowed} are allowed",
                        found=mean,
                        first=first,
                        allowed=hours(means.night_day_minutes),
                    ),
                )


def _weeks(case: Case) -> dict[str, list[Week]]:
    """Everybody's working weeks, in order."""
    found: defaultdict[str, list[Week]] = defaultdict(list)
    for agent_id, first, stints in case.weeks():
        found[agent_id].append((first, stints))
    return found


def _periods(case: Case, agent_id: str, own: Sequence[Week], weeks: int) -> Iterator[Period]:
    """An agent's reference periods of up to so many weeks, one after the other; those wholly of leave left out."""
    left, leave = iter(sorted(own, key=lambda week: week[0])), case.agents[agent_id].leave
    while block := tuple(islice(left, weeks)):
        first, last = block[0][0], block[-1][0] + timedelta(days=6)
        days = 7 * len(block) - sum(first <= day <= last for day in leave)
        if days > 0:
            yield first, _all(block), days


def _all(block: Sequence[Week]) -> tuple[Stint, ...]:
    return tuple(stint for _, stints in block for stint in stints)
