"""Changes of one person's leave, settled days and availability."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from staffing.horizon import Span
from staffing.notes import Note
from staffing.roster.problem import Agent, RosterProblem


@dataclass(frozen=True)
class LeaveMoved:
    """A day of leave moved out of the plan."""

    agent_id: str
    day: date

    @property
    def key(self) -> Hashable:
        """The person and the day."""
        return self

    @property
    def wording(self) -> Note:
        """Move it."""
        return Note.of(
            "agent {agent}: move the leave of {day} to a day outside the plan",
            agent=self.agent_id,
            day=self.day,
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The person without that day of leave."""
        return _with_agent(problem, self.agent_id, lambda a: replace(a, leave=a.leave - {self.day}))

    def with_(self, other: Self) -> Self:
        """The same."""
        return self


@dataclass(frozen=True)
class FixedReleased:
    """A settled day that may be planned freely; `shift` is None where it was a day off."""

    agent_id: str
    day: date
    shift: str | None

    @property
    def key(self) -> Hashable:
        """The person and the day."""
        return FixedReleased, self.agent_id, self.day

    @property
    def wording(self) -> Note:
        """Release it."""
        if self.shift is None:
            return Note.of(
                "release the fixed day off of agent {agent} on {day}", agent=self.agent_id, day=self.day
            )
        return Note.of(
            "release the fixed shift {shift} of agent {agent} on {day}",
            shift=self.shift,
            agent=self.agent_id,
            day=self.day,
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The problem without that settled day."""
        kept = tuple(f for f in problem.fixed if (f.agent_id, f.day) != (self.agent_id, self.day))
        return replace(problem, fixed=kept)

    def with_(self, other: Self) -> Self:
        """The same."""
        return self


@dataclass(frozen=True)
class Available:
    """One more span in which a person is available on the weekday of a day."""

    agent_id: str
    day: date
    span: Span

    @property
    def key(self) -> Hashable:
        """The person, the weekday and the span."""
        return Available, self.agent_id, self.day.weekday(), self.span

    @property
    def wording(self) -> Note:
        """Ask for the span."""
        return Note.of(
            "agent {agent}: ask for {span} on the weekday of {day}",
            agent=self.agent_id,
            span=self.span,
            day=self.day,
        )

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The person with the span beside the others of that weekday."""

        def changed(agent: Agent) -> Agent:
            if agent.available is None:
                return agent
            week = list(agent.available)
            week[self.day.weekday()] = (*week[self.day.weekday()], self.span)
            return replace(agent, available=tuple(week))

        return _with_agent(problem, self.agent_id, changed)

    def with_(self, other: Self) -> Self:
        """The same."""
        return self


def _with_agent(problem: RosterProblem, agent_id: str, change: Callable[[Agent], Agent]) -> RosterProblem:
    agents = tuple(change(agent) if agent.agent_id == agent_id else agent for agent in problem.agents)
    return replace(problem, agents=agents)
