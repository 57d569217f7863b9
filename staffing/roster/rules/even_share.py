"""Fairness: nights, weekends or undesired shifts shared out evenly, with what each person has had before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.roster.rules.nights import NIGHT_MINUTES
from staffing.roster.rules.pick import Pick, of_codes
from staffing.roster.rules.rule import Rule
from staffing.roster.rules.weekends import weekends_worked

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class EvenShare(Rule):
    """Nights, weekends or shifts of some types are shared out evenly; what people had before counts.

    The price is the weight x the sum over people of (their number squared - their number before squared): a person's
    k-th costs weight x (2k - 1), so the next one goes to whoever has had fewest. Always soft.

    Attributes:
        of: "nights", "weekends", or "shifts" for those named in `shifts`.
        shifts: codes of templates or shifts, for `of` = "shifts".
        history: (agent id, how many they have had in the time looked at before the horizon).
    """

    name: ClassVar[str] = "even_share"
    unit: ClassVar[str] = "share"

    of: str = "nights"
    shifts: frozenset[str] = frozenset()
    history: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.kind == "hard":
            raise ValueError("rule even_share: a share can only be soft, with a weight, or off")
        if self.of not in ("nights", "weekends", "shifts") or (self.of == "shifts") != bool(self.shifts):
            raise ValueError('rule even_share: of must be "nights", "weekends", or "shifts" with their codes')

    def restrict(self, model: RosterModel) -> None:
        """Sum of what is shared <= sum of levels of 0 or 1, the k-th of which costs weight x (2k - 1)."""
        before = dict(self.history)
        for agent, person in self.bound_agents(model.problem):
            columns, most = self._counted(model, agent)
            had = before.get(person.agent_id, 0)
            if columns:
                costs = [self.weight * (2 * (had + k) - 1) for k in range(1, most + 1)]
                model.levels(columns, costs, agent=agent)

    def _counted(self, model: RosterModel, agent: int) -> tuple[Sequence[int], int]:
        """The columns whose sum is shared, and the most that it can be."""
        if self.of == "weekends":
            weekends = [column for _, column in weekends_worked(model, agent)]
            return weekends, len(weekends)
        chosen = (
            of_codes(self.shifts)
            if self.of == "shifts"
            else Pick(lambda placement: placement.night_minutes >= NIGHT_MINUTES)
        )
        days = [chosen(model.options(agent, day)) for day in range(len(model.days))]
        columns = [int(column) for column in np.concatenate(days)]
        return columns, sum(1 for found in days if len(found))
