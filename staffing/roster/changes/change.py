"""What a change of a problem is, and how several are made one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import reduce
from typing import Protocol, Self

from staffing.notes import Note
from staffing.roster.problem import RosterProblem


class Change(Protocol):
    """One change of a problem."""

    @property
    def key(self) -> Hashable:
        """What is changed; two changes of the same thing are one, as far as the further goes."""
        ...

    @property
    def wording(self) -> Note:
        """The change as an instruction."""
        ...

    def apply(self, problem: RosterProblem) -> RosterProblem:
        """The problem with this changed, and nothing else."""
        ...

    def with_(self, other: Self) -> Self:
        """One change that goes as far as both, of the same thing."""
        ...


def merged(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes with those of the same thing made one, in the order in which each thing is first named."""
    found: dict[Hashable, Change] = {}
    for change in changes:
        found[change.key] = found[change.key].with_(change) if change.key in found else change
    return tuple(found.values())


def applied(problem: RosterProblem, changes: Sequence[Change]) -> RosterProblem:
    """The problem after all changes, one after another."""
    return reduce(lambda changed, change: change.apply(changed), changes, problem)
