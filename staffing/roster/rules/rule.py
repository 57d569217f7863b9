"""What a rule is: a sentence, its article, whom it bars from which shift, and the rows it adds to the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from staffing.errors import SettingFault
from staffing.labour.pack import RulePack
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


class Rule:
    """One rule of a roster, hard. Its docstring is the sentence that states it.

    A rule may judge the shift templates (`faults`), bar a person from a placement (`allows`) and add rows
    (`restrict`); each does nothing unless the rule overrides it.
    """

    figure: ClassVar[str] = ""  # the rule pack's field whose article stands behind the rule

    def article(self, pack: RulePack) -> str:
        """The law's article, empty for a rule of the contract or the plan."""
        return pack.article(self.figure) if self.figure else ""

    def faults(self, problem: RosterProblem) -> Iterator[SettingFault]:
        """What is wrong with the plan's shift templates, whoever works them."""
        return iter(())

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """Whether this person may ever work this placement."""
        return True

    def restrict(self, model: RosterModel) -> None:
        """Add the rule's rows to the model."""
        return
