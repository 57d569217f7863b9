"""Planning again from a moment on: what has begun stays, what is published changes as little as it can."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd

from staffing.notes import Note
from staffing.roster.placements import place_shifts
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.roster import Duty, Roster
from staffing.roster.settling import settle
from staffing.roster.wishes import Begun, Published

PersonDay = tuple[str, date]
Notice = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Absence:
    """Somebody is away on whole business dates: ill, or on leave granted since the roster was published."""

    agent_id: str
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(
                f"the absence of {self.agent_id} ends {self.last}, before it begins {self.first}"
            )

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class ChangePrices:
    """What it costs to change one person's published day: the nearer to the cut, the more.

    `notice` holds (days, factor): a day fewer than so many days after the cut's costs the price times the factor;
    of several that fit, the largest counts.
    """

    price: int = 2000
    notice: Notice = ((3, 2),)

    def __post_init__(self) -> None:
        if self.price < 0 or any(days < 0 or factor < 1 for days, factor in self.notice):
            raise ValueError("a change's price must be 0 or more, a notice days from 0 and a factor from 1")

    def at(self, day: date, today: date) -> int:
        """The price of a change on a day."""
        factors = [factor for days, factor in self.notice if (day - today).days < days]
        return self.price * max(factors, default=1)


@dataclass(frozen=True)
class Replan:
    """A published roster that is to be planned again: the problem from the cut on, and what it is compared with.

    Attributes:
        problem: with the duties begun as facts, absences as leave, and prices on changes.
        published: the roster that people know, without duties of people no longer on the staff list.
        cut: the moment from which on it may change.
        absent: person and business date of each day lost to an absence.
        new_demand: queue and business date whose demand changed.
        hint: the published roster as far as it can stand; where the search starts.
        notes: what was set aside and why.
    """

    problem: RosterProblem
    published: Roster
    cut: datetime
    absent: frozenset[PersonDay]
    new_demand: frozenset[PersonDay]
    hint: Roster
    notes: tuple[Note, ...] = ()


def replan(
    problem: RosterProblem,
    published: Roster,
    *,
    cut: datetime,
    absences: Collection[Absence] = (),
    demand: pd.DataFrame | None = None,
    prices: ChangePrices | None = None,
) -> Replan:
    """Turn a published roster into the problem of planning it again from a moment on.

    Every duty that began before the cut is locked as it was, and no other may begin before it; hours worked count
    against weeks and months, since locked duties stay in the problem. Where locked duties alone break a rule, the
    rule is kept as far as it still can be. Activities stay at the times published (`settling.py`).
    `solve(found.problem, hint=found.hint)` starts from what is published.

    Args:
        problem: as it was when the roster was made.
        published: the roster that people know.
        cut: with an offset.
        absences: sick calls and leave granted since.
        demand: the new requirement, in the form of `RosterProblem.demand`; counts for intervals from the cut on.
        prices: of changes; None for the usual.

    Raises:
        ValueError: a cut without an offset, or an absence of somebody who is not among the people.
    """
    if cut.tzinfo is None:
        raise ValueError(f"the moment of a cut needs an offset, found {cut.isoformat()}")
    ids = [agent.agent_id for agent in problem.agents]
    for absence in absences:
        if absence.agent_id not in ids:
            raise ValueError(f"agent {absence.agent_id} is absent, but not among the plan's people")
    known, strangers = _split(published, ids)
    begun = Begun(cut, tuple(duty for duty in known.duties if duty.start < cut))
    facts = frozenset((duty.agent_id, duty.business_date) for duty in begun.duties)
    away = _away(problem, absences)
    activities, lost = settle(problem, known, cut, away - facts)
    renewed = replace(
        problem,
        demand=problem.demand if demand is None else _from_cut(problem.demand, demand, cut),
        agents=tuple(_on_leave(agent, away - facts) for agent in problem.agents),
        requests=tuple(r for r in problem.requests if (r.agent_id, r.day) not in away | facts),
        fixed=tuple(f for f in problem.fixed if (f.agent_id, f.day) not in away | facts),
        begun=begun,
        activities=activities,
    )
    known_days, impossible = _published_days(renewed, known, facts | away, cut)
    terms, today = prices or ChangePrices(), cut.astimezone(problem.horizon.zone).date()
    return Replan(
        problem=replace(
            renewed,
            published=Published(
                known_days,
                terms.price,
                tuple((day, terms.at(day, today)) for day in problem.horizon.days if day >= today),
            ),
        ),
        published=known,
        cut=cut,
        absent=away - facts,
        new_demand=_changed(problem.demand, renewed.demand),
        hint=Roster(tuple(d for d in known.duties if _key(d) in facts or _key(d) not in away)),
        notes=(*_notes(strangers, impossible), *_worked_while_away(facts & away), *lost),
    )


def _split(roster: Roster, ids: Collection[str]) -> tuple[Roster, list[str]]:
    """The duties of known people, and who else has some."""
    known = Roster(tuple(duty for duty in roster.duties if duty.agent_id in ids))
    return known, sorted({duty.agent_id for duty in roster.duties} - {*ids})


def _away(problem: RosterProblem, absences: Collection[Absence]) -> frozenset[PersonDay]:
    return frozenset(
        (absence.agent_id, day) for absence in absences for day in problem.horizon.days if day in absence
    )


def _on_leave(agent: Agent, away: frozenset[PersonDay]) -> Agent:
    days = frozenset(day for agent_id, day in away if agent_id == agent.agent_id)
    return replace(agent, leave=agent.leave | days) if days else agent


def _from_cut(old: pd.DataFrame, new: pd.DataFrame, cut: datetime) -> pd.DataFrame:
    """The old requirement before the cut, the new one from it on."""
    parts = [old[old["interval_start"] < cut], new.loc[new["interval_start"] >= cut, list(old.columns)]]
    return pd.concat(parts, ignore_index=True)


def _changed(old: pd.DataFrame, new: pd.DataFrame) -> frozenset[PersonDay]:
    """Queue and business date of each interval whose requirement is another."""
    if old is new:
        return frozenset()
    both = old.merge(new, on=["queue", "interval_start", "business_date"], how="outer", suffixes=("", "_new"))
    other = both[both["agents_gross"] != both["agents_gross_new"]]
    return frozenset(
        (str(queue), day.date()) for queue, day in zip(other["queue"], other["business_date"], strict=True)
    )


def _published_days(
    problem: RosterProblem, roster: Roster, settled: frozenset[PersonDay], cut: datetime
) -> tuple[tuple[tuple[str, date, str | None], ...], list[Duty]]:
    """Each open person-day with the shift published for it, and the duties that no shift of the plan can be.

    Days of people without any published duty are nobody's expectation: they are planned freely.
    """
    duties = {_key(duty): duty for duty in roster.duties}
    expecting = {duty.agent_id for duty in roster.duties}
    today = cut.astimezone(problem.horizon.zone).date()
    found: list[tuple[str, date, str | None]] = []
    impossible = []
    for day, placed in zip(problem.horizon.days, place_shifts(problem), strict=True):
        starts = {placement.shift.code for placement in placed}
        for agent in problem.agents:
            key = (agent.agent_id, day)
            if day < today or key in settled or agent.agent_id not in expecting:
                continue
            duty = duties.get(key)
            if duty is None:
                found.append((*key, None))
            elif duty.shift_code in starts:
                found.append((*key, duty.shift_code))
            else:
                impossible.append(duty)
    return tuple(found), impossible


def _notes(strangers: Sequence[str], impossible: Sequence[Duty]) -> Iterator[Note]:
    for agent_id in strangers:
        yield Note.of(
            "The duties of {agent} are left out: nobody on the staff list has this id", agent=agent_id
        )
    for duty in impossible:
        yield Note.of(
            "{agent} on {day}: shift {code} is no longer one that can be worked, so the day is planned freely",
            agent=duty.agent_id,
            day=duty.business_date,
            code=duty.shift_code or "-",
        )


def _worked_while_away(days: Collection[PersonDay]) -> Iterator[Note]:
    for agent_id, day in sorted(days):
        yield Note.of(
            "{agent} began to work on {day} before the cut: that duty stays, and counts as worked in full",
            agent=agent_id,
            day=day,
        )


def _key(duty: Duty) -> PersonDay:
    return duty.agent_id, duty.business_date


def duties_by_day(roster: Roster) -> Mapping[PersonDay, tuple[Duty, ...]]:
    """Everybody's duties by person and business date."""
    found: dict[PersonDay, tuple[Duty, ...]] = {}
    for duty in roster.duties:
        found[_key(duty)] = (*found.get(_key(duty), ()), duty)
    return found
