"""A lawful roster spoilt at random: the checker finds exactly what a minute-by-minute count finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.roster.check import check
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty
from tests.roster.data.check_desk import roster
from tests.roster.data.check_samples import KINDS, SAMPLES, spoil

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
Finding = tuple[str, str, date]

AMOUNTS = st.sampled_from((-120, -61, -60, -16, -15, -1, 0, 1, 15, 16, 60, 61, 120)) | st.integers(
    -1500, 1500
)
SPOILS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 40), AMOUNTS), max_size=4)

# ---- the count, minute by minute


def minutes(start: datetime, end: datetime) -> list[datetime]:
    """Every minute of a span of time, in UTC."""
    first, found = start.astimezone(UTC), []
    while first < end.astimezone(UTC):
        found.append(first)
        first += MINUTE
    return found


class Count:
    """One duty's minutes."""

    def __init__(self, given: Duty, zone: ZoneInfo) -> None:
        self.duty = given
        self.present = minutes(given.start, given.end)
        self.pauses = [minutes(start, end) for start, end in given.breaks]
        resting = {minute for pause in self.pauses for minute in pause}
        self.work = [minute for minute in self.present if minute not in resting]
        self.walls = [minute.astimezone(zone) for minute in self.work]
        self.present_walls = [minute.astimezone(zone) for minute in self.present]
        self.night = [wall for wall in self.walls if wall.hour >= 22 or wall.hour < 5]


counted = cache(Count)


def is_open(problem: RosterProblem, wall: datetime) -> bool:
    today, minute = wall.date(), wall.hour * 60 + wall.minute
    spans = [(span, minute) for span in problem.horizon.hours.spans(today)]
    spans += [(span, minute + 1440) for span in problem.horizon.hours.spans(today - DAY)]
    return any(span.start_minute <= at < span.end_minute for span, at in spans)


def findings_of_duty(count: Count, problem: RosterProblem) -> Iterator[str]:
    given, person = count.duty, next(a for a in problem.agents if a.agent_id == count.duty.agent_id)
    shift = {s.code: s for _, family in problem.shifts for s in family}.get(given.shift_code)
    start = given.start.astimezone(problem.horizon.zone)
    late = (start.date() - given.business_date).days == 1 and start.hour < 2  # open until 26:00
    if not count.present:
        yield "runs_forward"
    if given.business_date not in problem.horizon.days:
        yield "planned_days"
    if start.date() != given.business_date and not late:
        yield "business_date"
    if not all(is_open(problem, wall) for wall in count.walls):
        yield "opening_hours"
    inside = []
    for pause in count.pauses:
        within = bool(pause) and pause[0] > min(count.present, default=pause[0])
        if within and pause[-1] < max(count.present, default=pause[-1]):
            inside += pause
        else:
            yield "break_inside"
    for one, other in zip(sorted(count.pauses)[:-1], sorted(count.pauses)[1:], strict=True):
        if set(one) & set(other):
            yield "break_overlap"
    needed = 60 if len(count.work) > 480 else 45 if len(count.work) > 360 else 0
    if len(set(inside)) < needed:
        yield "break_length"
    if given.business_date in person.leave:
        yield "leave"
    born = person.birth_date
    if born is not None and any(wall.date() < born.replace(year=born.year + 18) for wall in count.night):
        yield "minor_night"
    if given.shift_code.startswith(("F8-", "N4-")):
        allowed = {c.name: c.shifts for c in problem.contracts}[person.contract]
        if given.shift_code[:2] not in allowed:
            yield "contract_shifts"
    if shift is None:
        yield "shift_code"
        return
    if start.replace(tzinfo=None) != datetime.combine(given.business_date, datetime.min.time()) + timedelta(
        minutes=shift.start_minute
    ) or len(count.present) != (540 if shift.code.startswith("F8") else 240):
        yield "shift_times"
    if [len(pause) for pause in count.pauses] != ([60] if shift.code.startswith("F8") else []):
        yield "break_template"
    if shift.code.startswith("F8"):
        for begin, _ in given.breaks:
            if (
                not timedelta(hours=3)
                <= begin.astimezone(UTC) - given.start.astimezone(UTC)
                <= timedelta(hours=5)
            ):
                yield "break_window"


def findings_of_person(counts: list[Count], problem: RosterProblem, name: str) -> Iterator[Finding]:
    person = next(a for a in problem.agents if a.agent_id == name)
    terms = next(c for c in problem.contracts if c.name == person.contract)
    worked = [count.duty.business_date for count in counts]
    for day in set(worked):
        if sum(len(count.work) for count in counts if count.duty.business_date == day) > 480:
            yield "law_day", name, day
        yield from [("one_shift_a_day", name, day)] * (worked.count(day) - 1)
    touched = {wall.date() for count in counts for wall in count.present_walls} | set(worked)
    sunday = problem.horizon.start - 14 * DAY
    for week in range(6):
        days = [sunday + (week * 7 + i) * DAY for i in range(7)]
        here = [count for count in counts if count.duty.business_date in days]
        work = sum(len(count.work) for count in here)
        if work > 2400:
            yield "law_week", name, days[0]
        if work > terms.max_hours_week * 60:
            yield "contract_max_hours", name, days[0]
        left = 5 - len(person.leave & set(days))
        if days[0] in problem.horizon.days and work < terms.min_hours_week * 60 * left / 5:
            yield "contract_min_hours", name, days[0]
        if len(here) > terms.max_shifts_week:
            yield "contract_max_shifts", name, days[0]
        if all(day in touched for day in days):
            yield "days_off", name, days[0]
    ordered = sorted(counts, key=lambda c: (c.duty.start.astimezone(UTC), c.duty.end.astimezone(UTC)))
    for i, count in enumerate(ordered[1:], start=1):
        mine, before = count.duty, max((c.duty for c in ordered[:i]), key=lambda d: d.end.astimezone(UTC))
        rest = mine.start.astimezone(UTC) - before.end.astimezone(UTC)
        if rest < timedelta(0):
            yield "overlap", name, mine.business_date
        elif rest < timedelta(hours=11) and mine.business_date != before.business_date:
            yield "rest", name, mine.business_date


def expected_findings(counts: list[Count], problem: RosterProblem) -> Counter[Finding]:
    """Every rule that the roster breaks, with agent and day."""
    found: Counter[Finding] = Counter()
    for count in counts:
        who, day = count.duty.agent_id, count.duty.business_date
        found.update((rule, who, day) for rule in findings_of_duty(count, problem))
    for person in problem.agents:
        own = [count for count in counts if count.duty.agent_id == person.agent_id]
        found.update(findings_of_person(own, problem, person.agent_id))
    return found


def ends_a_week_worked_through(day: date, busy: set[date], problem: RosterProblem) -> bool:
    """Whether a date is the last of a working week (they begin on the sample's first weekday) without a day off."""
    last = (day - problem.horizon.start).days % 7 == 6
    return last and all(day - i * DAY in busy for i in range(7))


def expected_cost(counts: list[Count], problem: RosterProblem) -> int:
    """All wages, each minute priced by what it is the so-manieth of."""
    total = 0
    for person in problem.agents:
        days: Counter[date] = Counter()
        weeks: Counter[int] = Counter()
        months: Counter[str] = Counter()
        own = [count for count in counts if count.duty.agent_id == person.agent_id]
        busy = {wall.date() for count in own for wall in count.walls}
        holidays = {day for day in busy if ends_a_week_worked_through(day, busy, problem)}
        key = lambda c: (c.duty.business_date, c.duty.start.astimezone(UTC), c.duty.end.astimezone(UTC))  # noqa: E731
        for count in sorted(own, key=key):
            day, shares = count.duty.business_date, 0  # of a twentieth of the wage, a minute
            week, month = (day - problem.horizon.start).days // 7, f"{day:%Y-%m}"
            for wall in count.walls:
                shares += 25 if wall.hour >= 22 or wall.hour < 5 else 20
                if wall.date() in holidays:
                    shares += 7
                    continue
                days[day] += 1
                ordinary = days[day] <= 480
                weeks[week] += ordinary
                if not ordinary or weeks[week] > 2400:
                    months[month] += 1
                    shares += 5 if months[month] <= 3600 else 10
            total += int(Fraction(shares * person.wage, 1200) + Fraction(1, 2))
    return total


def expected_shortage(counts: list[Count], problem: RosterProblem) -> int:
    """Agent-minutes missing."""
    present: Counter[datetime] = Counter(minute for count in counts for minute in count.work)
    return sum(max(0, 1 - present[minute]) for minute in demanded(problem.horizon.start))


@cache
def demanded(start: date) -> list[datetime]:
    """Every minute in which the sample of that first day needs someone."""
    problem = next(problem for problem, _ in SAMPLES if problem.horizon.start == start)
    starts = [moment.to_pydatetime().astimezone(UTC) for moment in problem.demand["interval_start"]]
    return [minute for moment in starts for minute in minutes(moment, moment + 30 * MINUTE)]


@pytest.mark.parametrize("sample", SAMPLES, ids=["no change", "forward 1999", "forward", "back"])
def test_the_sample_itself_is_lawful(sample: tuple[RosterProblem, list[Duty]]) -> None:
    problem, duties = sample
    assert check(roster(*duties), problem).passed


@given(st.integers(0, len(SAMPLES) - 1), SPOILS)
def test_the_checker_finds_what_counting_minutes_finds(
    number: int, spoils: list[tuple[str, int, int]]
) -> None:
    problem, duties = SAMPLES[number]
    for kind, which, amount in spoils:
        duties = spoil(duties, kind, which, amount)
    judged = roster(*duties)
    report = check(judged, problem)
    known = [d for d in judged.duties if d.agent_id != "X"]
    counts = [counted(given, problem.horizon.zone) for given in known]
    expected = expected_findings(counts, problem)
    expected.update(("unknown_agent", "X", d.business_date) for d in duties if d.agent_id == "X")
    found = Counter((v.rule, v.agent_id, v.business_date) for v in report.violations)
    assert found == expected
    assert report.wages == expected_cost(counts, problem)
    assert report.paid_minutes == sum(len(count.work) for count in counts)
    assert report.night_minutes == sum(len(count.night) for count in counts)
    assert report.cover["short_minutes"].sum() == expected_shortage(counts, problem)
