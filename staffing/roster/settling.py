"""Activities of a roster that is planned again: what has been held or published stays, the rest is still to place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time

from staffing.horizon import Span
from staffing.notes import Note
from staffing.roster.activity import Activity
from staffing.roster.problem import RosterProblem
from staffing.roster.roster import Duty, Roster, Session

PersonDay = tuple[str, date]


def settle(
    problem: RosterProblem, published: Roster, cut: datetime, away: Collection[PersonDay]
) -> tuple[tuple[Activity, ...], tuple[Note, ...]]:
    """The activities as they are from a moment on.

    A meeting keeps its published time, for those who are not away then; once it has begun, for those who were there.
    A training stays where it was published for each person who is not away; the others, and those it was not given
    to, may have it from the cut on.

    Returns:
        The activities, and a note for each person who cannot attend one any more.
    """
    cut = cut.astimezone(problem.horizon.zone)
    today = cut.date()
    found: list[Activity] = []
    notes: list[Note] = []
    for activity in problem.activities:
        held = [own for own in _held(published.duties, activity) if _key(own[0]) not in away]
        now = _met(activity, held, cut) if activity.together else _trained(activity, held, today)
        lost = activity.people - (frozenset() if now is None else now.people)
        notes += [
            Note.of("{agent} can no longer attend {activity}", agent=agent_id, activity=activity.name)
            for agent_id in sorted(lost)
        ]
        if now is not None:
            found.append(now)
    return tuple(found), tuple(notes)


def _held(duties: Iterable[Duty], activity: Activity) -> Iterator[tuple[Duty, Session]]:
    """The sessions of an activity as long as it is."""
    for duty in duties:
        for session in duty.sessions:
            minutes = (session.end - session.start).total_seconds() / 60
            own = session.activity == activity.name and duty.agent_id in activity.people
            if own and minutes == activity.minutes:
                yield duty, session


def _met(activity: Activity, held: list[tuple[Duty, Session]], cut: datetime) -> Activity | None:
    """A meeting at the time at which it was held or published; without one, as far as it can still be."""
    if not held:
        return _later(activity, activity.people, cut.date())
    duty, first = held[0]
    day = duty.business_date
    wall = first.start.astimezone(cut.tzinfo).replace(tzinfo=None)
    begin = int((wall - datetime.combine(day, time())).total_seconds()) // 60
    people = activity.people
    if first.start < cut:
        people = frozenset(other.agent_id for other, _ in held)
    return _for(
        replace(
            activity, first=day, last=day, window=Span(begin, begin + activity.minutes), step_minutes=None
        ),
        people,
    )


def _trained(activity: Activity, held: list[tuple[Duty, Session]], today: date) -> Activity | None:
    """A training with the places that people have in it, and open dates for the others."""
    settled = tuple((duty.agent_id, duty.business_date, session.start) for duty, session in held)
    theirs = frozenset(agent_id for agent_id, _, _ in settled)
    if activity.last < today:
        return _for(replace(activity, settled=settled), theirs)
    return _later(replace(activity, settled=settled), activity.people, today)


def _later(activity: Activity, people: frozenset[str], today: date) -> Activity | None:
    if activity.last < today:
        return None
    return _for(replace(activity, first=max(activity.first, today)), people)


def _for(activity: Activity, people: frozenset[str]) -> Activity | None:
    """The activity for some of its people, as many of whom must attend as there are."""
    if not people:
        return None
    least = activity.least
    return replace(activity, people=people, least=None if least is None else min(least, len(people)))


def _key(duty: Duty) -> PersonDay:
    return duty.agent_id, duty.business_date
