"""What a solver says of a program."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.roster.program import Ints


@dataclass(frozen=True)
class Outcome:
    """The best admissible `x` found (None when none was), and a lower bound on every admissible one's cost.

    `inadmissible` says that the solver proved there is none; `bound` then has no meaning.
    """

    x: Ints | None
    bound: int
    inadmissible: bool = False
