"""A nurse instance as the product's own problem, model, program and chains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.nurse_instance import Instance
from benchmarks.nurse_problem import problem_of
from staffing.roster import RosterProblem
from staffing.roster.patterns.chain import Chain
from staffing.roster.patterns.of_model import describe
from staffing.roster.program import Ints, Program
from staffing.roster.rules import rules_of
from staffing.roster.variables import RosterModel


@dataclass(frozen=True)
class Modelled:
    """What a pattern search is given; `program` has the model's columns, sums put in."""

    problem: RosterProblem
    model: RosterModel
    program: Program
    chains: tuple[Chain, ...]

    def work(self, rows: list[tuple[str, int, str]]) -> Ints | None:
        """The work columns of (employee, day, shift); None when the model has no such column."""
        x = np.zeros(self.program.columns, dtype=np.int64)
        people = [agent.agent_id for agent in self.problem.agents]
        for name, day, shift in rows:
            options = self.model.options(people.index(name), day)
            found = [
                column
                for column, placement in zip(options.columns.tolist(), options.placements, strict=True)
                if placement.shift.code == shift
            ]
            if not found:
                return None
            x[found] = 1
        return x


def modelled(instance: Instance) -> Modelled:
    """The instance through the product's problem and rules."""
    problem = problem_of(instance)
    model = RosterModel(problem, rules_of(problem))
    described = describe(model)
    return Modelled(problem, model, described.program, described.chains)
