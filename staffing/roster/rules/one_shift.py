"""One shift a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class OneShiftADay(Rule):
    """Nobody works more than one shift on a business date: how the model is made, so never broken."""

    name: ClassVar[str] = "one_shift_a_day"

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.kind != "hard" or self.people is not None:
            raise ValueError("rule one_shift_a_day: it is always hard, and for everybody")

    def restrict(self, model: RosterModel) -> None:
        """Sum of x over a person's shifts of one day <= 1."""
        for agent in range(len(model.problem.agents)):
            for day in range(len(model.days)):
                columns = model.options(agent, day).columns
                if len(columns):
                    model.structure(agent, model.row(columns, high=1))
