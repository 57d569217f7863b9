"""Rules on activities: inside the duty and the window, apart, attended once by all, together, in the places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from staffing.notes import Note
from staffing.roster.activity import Activity
from staffing.roster.checks.case import Case, breach, broken, span_text
from staffing.roster.checks.report import Violation
from staffing.roster.checks.stint import Segment, Stint, instant, wall_instant
from staffing.roster.rules import Attendance

Attended = tuple[Stint, Segment]


def known(case: Case) -> Iterator[Violation]:
    """An activity that a duty holds is one of the plan's; another is a remark, and time off the floor."""
    names = {activity.name for activity in case.problem.activities}
    for stint in case.stints:
        for name, _ in stint.sessions:
            if name not in names:
                yield breach(
                    stint,
                    "activity_known",
                    "plan",
                    name,
                    "an activity of the plan",
                    Note.of('activity "{activity}" is not in the plan', activity=name),
                    "soft",
                )


def apart(case: Case) -> Iterator[Violation]:
    """An activity lies inside its duty, and meets no break and no other activity."""
    zone = case.problem.horizon.zone
    for stint in case.stints:
        spans = [span for _, span in stint.sessions]
        for name, (start, end) in stint.sessions:
            if not stint.presence[0] <= start < end <= stint.presence[1]:
                found, duty = span_text((start, end), zone), span_text(stint.presence, zone)
                yield _told(
                    stint,
                    found,
                    duty,
                    Note.of(
                        "{activity}, {found}, does not lie inside the duty {duty}",
                        activity=name,
                        found=found,
                        duty=duty,
                    ),
                )
        rests = (*stint.breaks, *stint.paid_breaks)
        meeting = [(s, r) for s in spans for r in rests if s[0] < r[1] and r[0] < s[1]]
        meeting += [(two, one) for one, two in pairwise(sorted(spans)) if two[0] < one[1]]
        for own, other in meeting:
            found, at = span_text(own, zone), span_text(other, zone)
            yield _told(
                stint,
                found,
                at,
                Note.of(
                    "the activity {found} overlaps a break or another activity, {at}", found=found, at=at
                ),
            )


def sessions(case: Case, rule: Attendance) -> Iterator[Violation]:
    """A session is for one of the activity's people, as long as it should be, on one of its dates, in its window."""
    activity, zone = rule.activity, case.problem.horizon.zone
    for stint, span in _attended(case, rule):
        day, window = stint.day, activity.window
        due = tuple(wall_instant(day, minute, zone) for minute in (window.start_minute, window.end_minute))
        settled = any(
            (who, on, instant(start)) == (stint.agent_id, day, span[0]) for who, on, start in activity.settled
        )
        dated = activity.first <= day <= activity.last
        if stint.agent_id not in activity.people:
            found, allowed = stint.agent_id, ", ".join(sorted(activity.people))
            wording = Note.of("{activity} is not for agent {found}", activity=activity.name, found=found)
        elif span[1] - span[0] != activity.minutes:
            found, allowed = f"{span[1] - span[0]} min", f"{activity.minutes} min"
            wording = Note.of(
                "{activity} takes {allowed}, the session {found}",
                activity=activity.name,
                allowed=allowed,
                found=found,
            )
        elif not settled and not (dated and due[0] <= span[0] and span[1] <= due[1]):
            found = span_text(span, zone)
            allowed = f"{activity.first} - {activity.last}, {window}"
            wording = Note.of(
                "{activity}, {found}, lies outside its dates and hours, {allowed}",
                activity=activity.name,
                found=found,
                allowed=allowed,
            )
        else:
            continue
        yield breach(stint, "activity_session", "plan", found, allowed, wording)


def attendance(case: Case, rule: Attendance) -> Iterator[Violation]:
    """Everybody attends once; who is left out has a price where the activity says so, and enough are there."""
    activity, horizon = rule.activity, case.problem.horizon
    if activity.last < horizon.start or activity.first > horizon.end:
        return
    first = max(activity.first, horizon.start)
    dates = {
        date.fromordinal(day) for day in range(activity.first.toordinal(), activity.last.toordinal() + 1)
    }
    times = {
        agent_id: 0
        for agent_id, agent in case.agents.items()
        if agent_id in activity.people and not dates <= agent.leave
    }
    for stint, _ in _attended(case, rule):
        if stint.agent_id in times:
            times[stint.agent_id] += 1
    for agent_id, number in times.items():
        if number > 1:
            told = Note.of("agent {agent} attends {activity} more than once", **_names(agent_id, activity))
            yield Violation("attendance", "plan", agent_id, first, str(number), "1", told)
        if number == 0 and (rule.kind == "soft" or activity.least is None):
            told = Note.of("agent {agent} is left out of {activity}", **_names(agent_id, activity))
            yield broken(rule, agent_id, first, 0, 1, told)
        elif number == 0 and activity.price:
            told = Note.of("agent {agent} is left out of {activity}", **_names(agent_id, activity))
            yield Violation(
                "attendance", "plan", agent_id, first, "0", "1", told, "soft", cost=activity.price
            )
    there, least = sum(number > 0 for number in times.values()), min(activity.least or 0, len(times))
    if there < least and (there or rule.kind == "hard"):
        told = Note.of(
            "{there} people attend {activity}, at least {least} should",
            there=there,
            activity=activity.name,
            least=least,
        )
        yield Violation("attendance", "plan", "", first, str(there), str(least), told, units=least - there)


def together(case: Case, rule: Attendance) -> Iterator[Violation]:
    """All who attend a meeting begin at the same time."""
    if rule.activity.together:
        attended = sorted(_attended(case, rule), key=lambda own: own[1])
        for stint, span in attended:
            if span[0] != attended[0][1][0]:
                zone = case.problem.horizon.zone
                found, due = span_text(span, zone), span_text(attended[0][1], zone)
                yield breach(
                    stint,
                    "activity_together",
                    "plan",
                    found,
                    due,
                    Note.of(
                        "{activity} is held together: {due}, not {found}",
                        activity=rule.activity.name,
                        due=due,
                        found=found,
                    ),
                )


def places(case: Case, rule: Attendance) -> Iterator[Violation]:
    """No more people are in an activity at any moment than it has places."""
    most, attended = rule.activity.places, list(_attended(case, rule))
    if most is None:
        return
    for stint, (start, _) in attended:
        there = sum(a <= start < b for _, (a, b) in attended)
        if there > most:
            yield breach(
                stint,
                "activity_places",
                "plan",
                str(there),
                str(most),
                Note.of(
                    "{activity} has {most} places, {there} people attend at once",
                    activity=rule.activity.name,
                    most=most,
                    there=there,
                ),
            )


def _attended(case: Case, rule: Attendance) -> Iterator[Attended]:
    for stint in case.stints:
        for name, span in stint.sessions:
            if name == rule.activity.name:
                yield stint, span


def _told(stint: Stint, found: str, allowed: str, wording: Note) -> Violation:
    return breach(stint, "activity_overlap", "plan", found, allowed, wording)


def _names(agent_id: str, activity: Activity) -> dict[str, str]:
    return {"agent": agent_id, "activity": activity.name}
