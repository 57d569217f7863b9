"""Small desks with activities, and a brute force over all their rosters that knows nothing of the solver's model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product

from hypothesis import strategies as st

from staffing.horizon import Span
from staffing.roster import Activity, Duty, Roster, RosterProblem, Session
from staffing.roster.check import check
from staffing.roster.placements import place_shifts
from staffing.shifts import Break, ShiftTemplate
from tests.roster.data.solve_desk import SUNDAY, agent, contract, desk

HOUR = timedelta(hours=1)
D6 = ShiftTemplate("D6", 480, 480, 60, 360, 60, 120, 180)  # five hours of work from 08:00
S3 = ShiftTemplate("S3", 480, 600, 120, 180)  # three hours from 08:00 or 10:00
E3 = ShiftTemplate("E3", 480, 480, 60, 180)  # three hours from 08:00
T6 = ShiftTemplate("T6", 480, 480, 60, 360, 60, 60, 120, further=(Break(60, 180, 240, paid=True),))
SHAPES = (  # people, days, most activities, shift: as many as can be counted out
    ("AB", 1, 1, D6),
    ("AB", 1, 1, T6),
    ("AB", 1, 1, S3),
    ("AB", 1, 2, E3),
    ("ABC", 1, 1, E3),
    ("AB", 2, 1, E3),
)


def activity(name: str = "talk", **changes: object) -> Activity:
    """An hour for A, B and C at any time of the first day, unless `changes` say otherwise."""
    terms: dict[str, object] = {
        "name": name,
        "minutes": 60,
        "people": frozenset("ABC"),
        "first": SUNDAY,
        "last": SUNDAY,
        "window": Span.parse("08:00-15:00"),
    }
    return Activity(**(terms | changes))  # type: ignore[arg-type]


def cheapest(problem: RosterProblem) -> int | None:
    """The least objective of all rosters that the checker passes, as it reckons them; None when it passes none."""
    days = place_shifts(problem)
    choices: list[list[Duty | None]] = []
    for person in problem.agents:
        allowed = problem.contract_of(person).shifts
        for placed in days:
            own: list[Duty | None] = [None]
            for placement in placed:
                if placement.template in allowed:
                    for begins in product(*(pause.begins for pause in placement.pauses)):
                        duty = placement.duty(person.agent_id, problem.horizon.zone, *begins)
                        own += _attending(problem, duty)
            choices.append([duty for duty in own if duty is None or _may_be(problem, duty)])
    best = None
    for taken in product(*choices):
        duties = tuple(duty for duty in taken if duty is not None)
        report = check(Roster(duties), problem)
        if report.passed:
            best = report.objective if best is None else min(best, report.objective)
    return best


def _attending(problem: RosterProblem, duty: Duty) -> Iterator[Duty]:
    """The duty with every set of sessions that begin on the hour within it."""
    hours = int((duty.end - duty.start) / HOUR)
    for number in range(len(problem.activities) + 1):
        for own in combinations(problem.activities, number):
            for starts in product(range(hours), repeat=number):
                sessions = [
                    Session(
                        a.name, duty.start + i * HOUR, duty.start + i * HOUR + timedelta(minutes=a.minutes)
                    )
                    for a, i in zip(own, starts, strict=True)
                ]
                yield replace(duty, sessions=tuple(sorted(sessions, key=lambda one: one.start)))


def _may_be(problem: RosterProblem, duty: Duty) -> bool:
    """Whether nothing is wrong with a duty by itself, whoever attends what beside."""
    alone = check(Roster((duty,)), problem)
    own = ("activity_session", "activity_overlap", "activity_known", "break_overlap", "break_window")
    return not [found for found in alone.violations if found.rule in own and found.severity == "hard"]


@st.composite
def small(draw: st.DrawFn) -> RosterProblem:
    """Two or three people on one or two days with one or two activities of every make."""
    names, days, most, template = draw(st.sampled_from(SHAPES))
    start = SUNDAY - timedelta(days=days - 1)  # two days lie in two working weeks
    problem = desk(
        *(agent(name, wage=draw(st.sampled_from((1000, 1200)))) for name in names),
        templates=[template],
        contracts=[
            contract(shifts=(template.code,), min_hours_week=draw(st.sampled_from((0, 0, 7)))),
        ],
        hours="08:00-15:00",
        days=days,
        start=start,
        price=draw(st.sampled_from((0, 900, 6000))),
    )
    needs = draw(st.lists(st.integers(0, 2), min_size=len(problem.demand), max_size=len(problem.demand)))
    activities = tuple(
        draw(activities_of(name, names, days, start))
        for name in ("talk", "drill")[: draw(st.integers(1, most))]
    )
    return replace(problem, demand=problem.demand.assign(agents_gross=needs), activities=activities)


@st.composite
def activities_of(draw: st.DrawFn, name: str, names: str, days: int, start: date) -> Activity:
    """Any activity of some of the people."""
    first = draw(st.integers(0, days - 1))
    together = draw(st.booleans())
    soft = draw(st.booleans())
    least = draw(st.sampled_from((None, 1, 2)))
    if soft and not together:
        least = None
    begin = draw(st.integers(8, 12))
    minutes = draw(st.sampled_from((60, 120)))
    price = draw(st.sampled_from((1, 700, 5000)))
    return activity(
        name,
        minutes=minutes,
        people=frozenset(draw(st.sets(st.sampled_from(names), min_size=1))),
        first=start + timedelta(days=first),
        last=start + timedelta(days=draw(st.integers(first, days - 1))),
        window=Span(begin * 60, draw(st.integers(begin + minutes // 60, 15)) * 60),
        together=together,
        places=None if together else draw(st.sampled_from((None, 1, 2))),
        kind="soft" if soft else "hard",
        price=price if soft or least is not None else 0,
        least=least,
    )
