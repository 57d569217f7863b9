"""Who takes the calls: groups of agents with the same skills, and when they work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats

Leaving = Literal["finish", "return"]
"""What an agent does with a call in hand at the end of a shift, or at a break."""


@dataclass(frozen=True)
class Skill:
    """How a group takes calls of one type.

    Args:
        preference: the smaller number first: free agents take the type with the smaller one, among types of equal
            priority, and a call goes to the free group with the smaller one.
        handling_factor: the group's handling times are the call's own times this factor, > 0.
    """

    preference: int = 1
    handling_factor: float = 1.0

    def __post_init__(self) -> None:
        as_floats("handling_factor", self.handling_factor, positive=True)


@dataclass(frozen=True)
class Shift:
    """One agent's work from `start` to `end`, in seconds from the scenario's start, without the `breaks` in it.

    Args:
        start: >= 0.
        end: > start.
        breaks: (start, end) of each, in order, within the shift. One that begins late, since a call had to be
            finished, still ends on time.
    """

    start: float
    end: float
    breaks: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        as_floats("start", self.start)
        as_floats("end", self.end)
        edges = [self.start, *(moment for pause in self.breaks for moment in pause), self.end]
        if any(len(pause) != 2 for pause in self.breaks):
            raise ValueError(f"breaks must be pairs of start and end; found {self.breaks}")
        if self.end <= self.start or any(late < early for early, late in pairwise(edges)):
            raise ValueError(f"a shift's start, breaks and end must be in order; found {edges}")

    @property
    def spans(self) -> list[tuple[float, float]]:
        """Start and end of each stretch of work."""
        breaks = [pause for pause in self.breaks if pause[1] > pause[0]]
        begins = [self.start, *(pause[1] for pause in breaks)]
        ends = [*(pause[0] for pause in breaks), self.end]
        return [(begin, end) for begin, end in zip(begins, ends, strict=True) if end > begin]


@dataclass(frozen=True, eq=False)
class AgentGroup:
    """Agents who share skills; the one who has been free for longest takes the next call.

    Args:
        name: unique in the scenario.
        skills: the call types they take: a mapping from name to `Skill` or to its preference, or a sequence of names
            in the order of preference.
        staff: agents on duty: one number for all intervals; one for each, shape (intervals,), where a fraction is
            the chance of one agent more, decided once a replication; or a `Shift` for each agent. Numbers are
            agents, too: the k-th works where the number is k or more, and goes where it falls below, talking or not.
        leaving: when an agent's time is over, at a break too, the agent may "finish" the call in hand, or it may
            "return" to the head of its queue, with what is left of its handling and of the caller's patience. A
            returned call counts by how it ends, with all the time it waited.

    Raises:
        ValueError: naming the argument that is negative, or not as described.
    """

    name: str
    skills: Mapping[str, Skill | int] | Sequence[str]
    staff: npt.ArrayLike | Sequence[Shift]
    leaving: Leaving = "finish"
    shifts: tuple[Shift, ...] | None = field(init=False, default=None)
    """The agents' shifts; None where `staff` is a number or numbers."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "skills", MappingProxyType(_skills(self.skills)))
        if self.leaving not in get_args(Leaving):
            raise ValueError(f"leaving must be one of {', '.join(get_args(Leaving))}; found {self.leaving!r}")
        if isinstance(self.staff, Sequence) and any(isinstance(each, Shift) for each in self.staff):
            if not all(isinstance(each, Shift) for each in self.staff):
                raise ValueError("staff must be all shifts or all numbers")
            object.__setattr__(self, "shifts", tuple(self.staff))
        else:
            levels = as_floats("staff", self.staff)  # type: ignore[arg-type]
            if levels.ndim > 1:
                raise ValueError(f"staff has one dimension; found shape {levels.shape}")
            object.__setattr__(self, "staff", levels)

    def skill(self, call_type: str) -> Skill | None:
        """How they take this type, None if they do not."""
        assert isinstance(self.skills, Mapping)  # __post_init__ made it one
        found = self.skills.get(call_type)
        return Skill(found) if isinstance(found, int) else found

    @property
    def intervals(self) -> int | None:
        """How many intervals `staff` has; None where any number fits."""
        if self.shifts is not None:
            return None
        levels = np.asarray(self.staff)
        return len(levels) if levels.ndim else None


def _skills(skills: Mapping[str, Skill | int] | Sequence[str]) -> dict[str, Skill]:
    if isinstance(skills, str):
        raise ValueError(f"skills must be a mapping or a sequence of names; found {skills!r}")
    if not isinstance(skills, Mapping):
        skills = {name: place for place, name in enumerate(skills, start=1)}
    return {name: Skill(each) if isinstance(each, int) else each for name, each in skills.items()}
