"""Activities at their edges: rosters that the checker passes by nothing, and rosters that break one rule alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from staffing.horizon import Span
from staffing.roster import Activity, Duty, RosterProblem, Session
from tests.roster.data.check_desk import MONDAY, agent, desk, duty, moment
from tests.roster.data.check_edges import Edge

TUESDAY = MONDAY + timedelta(days=1)


def called(**changes: object) -> RosterProblem:
    """A desk of A, B and C; A and B are to attend a talk of an hour on Monday between 10:00 and 16:00."""
    terms: dict[str, object] = {
        "name": "talk",
        "minutes": 60,
        "people": frozenset("AB"),
        "first": MONDAY,
        "last": MONDAY,
        "window": Span.parse("10:00-16:00"),
    }
    activity = Activity(**(terms | changes))  # type: ignore[arg-type]
    return replace(desk(agent("A"), agent("B"), agent("C")), activities=(activity,))


def at(day: date, span: str) -> tuple[datetime, datetime]:
    first, last = (moment(day, text, "Asia/Tokyo") for text in span.split("-"))
    return first, last


def attends(
    *spans: str, who: str = "A", day: date = MONDAY, name: str = "talk", rest: str | None = None
) -> Duty:
    """A duty of six hours from 09:00, or of seven with a break, in which somebody attends an activity."""
    worked = duty(day, "09:00-15:00") if rest is None else duty(day, "09:00-17:00", rest)
    return replace(worked, agent_id=who, sessions=tuple(Session(name, *at(day, span)) for span in spans))


def with_lunch(worked: Duty) -> Duty:
    """The duty with an activity that no plan knows."""
    return replace(worked, sessions=(*worked.sessions, Session("lunch", *at(MONDAY, "12:00-13:00"))))


A, B = attends("10:00-11:00"), attends("11:00-12:00", who="B")
C = attends("10:00-11:00", who="C")
ACTIVITY_EDGES = [
    Edge(
        "activity_known",
        "an activity of the plan; another is a remark",
        (A, B),
        (with_lunch(A), B),
        called(),
        found="lunch",
    ),
    Edge(
        "activity_session",
        "the window's first minute",
        (A, B),
        (attends("09:59-10:59"), B),
        called(),
    ),
    Edge(
        "activity_session",
        "as long as it is",
        (A, B),
        (attends("10:00-10:59"), B),
        called(),
        found="59 min",
        allowed="60 min",
    ),
    Edge(
        "activity_session",
        "the last of its dates",
        (attends("10:00-11:00", day=TUESDAY), B),
        (attends("10:00-11:00", day=TUESDAY + timedelta(days=1)), B),
        called(last=TUESDAY),
    ),
    Edge("activity_session", "for its people", (A, B), (A, B, C), called(), found="C", allowed="A, B"),
    Edge(
        "activity_overlap",
        "ends as the duty ends",
        (attends("14:00-15:00"), B),
        (attends("14:01-15:01"), B),
        called(),
    ),
    Edge(
        "activity_overlap",
        "begins as the break ends",
        (attends("12:00-13:00", rest="11:00-12:00"), B),
        (attends("11:59-12:59", rest="11:00-12:00"), B),
        called(),
    ),
    Edge("attendance", "everybody", (A, B), (A,), called(), found="0", allowed="1"),
    Edge("attendance", "once", (A, B), (attends("10:00-11:00", "11:00-12:00"), B), called(), found="2"),
    Edge("attendance", "enough of them", (A, B), (A,), called(least=2), found="1", allowed="2"),
    Edge("attendance", "left out at a price", (A, B), (A,), called(kind="soft", price=100)),
    Edge(
        "activity_together",
        "all at the same time",
        (A, attends("10:00-11:00", who="B")),
        (A, attends("10:01-11:01", who="B")),
        called(together=True),
    ),
    Edge(
        "activity_places",
        "the second as the first leaves",
        (A, B),
        (A, attends("10:59-11:59", who="B")),
        called(places=1),
        found="2",
        allowed="1",
    ),
]
