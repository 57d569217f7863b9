"""What a rule is: a sentence, hard, soft or off, its article, whom it binds, and the rows it adds to the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from staffing.errors import SettingFault
from staffing.labour.pack import RulePack
from staffing.notes import Note
from staffing.roster.changes import RuleException
from staffing.roster.placements import Placement
from staffing.roster.problem import Agent, RosterProblem
from staffing.roster.roster import Roster

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.checks.report import Violation
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel

Kind = Literal["hard", "soft", "off"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of a roster. Its docstring is the sentence that states it.

    A rule may judge the shift templates (`faults`), bar a person from a placement (`allows`) and add rows
    (`restrict`); each does nothing unless the rule overrides it.

    Attributes:
        kind: "hard" is kept without exception; "soft" may be broken at `weight` a unit; "off" is not looked at.
        weight: price of one unit broken, in the currency's smallest unit; the unit is the class's `unit`.
        people: ids of the agents it binds; None binds everybody.
    """

    kind: Kind = "hard"
    weight: int = 0
    people: frozenset[str] | None = None

    name: ClassVar[str] = ""  # as the checker and the settings call it
    unit: ClassVar[str] = ""  # what one unit broken is
    figure: ClassVar[str] = ""  # the rule pack's field whose article stands behind the rule

    def __post_init__(self) -> None:
        if self.weight < 0:
            raise ValueError(f"rule {self.name}: weight must be 0 or more, found {self.weight}")
        if self.kind != "soft" and self.weight:
            raise ValueError(f"rule {self.name}: only a soft rule has a weight, found {self.weight}")
        if self.kind == "soft" and not self.unit:
            raise ValueError(f"rule {self.name}: it can only be hard or off, nothing in it can be priced")

    def article(self, pack: RulePack) -> str:
        """The law's article, empty for a rule of the contract or the plan."""
        return pack.article(self.figure) if self.figure else ""

    def binds(self, agent: Agent) -> bool:
        """Whether the rule holds for this person."""
        return self.kind != "off" and (self.people is None or agent.agent_id in self.people)

    def bound_agents(self, problem: RosterProblem) -> Iterator[tuple[int, Agent]]:
        """The people it holds for, with their index."""
        return ((i, agent) for i, agent in enumerate(problem.agents) if self.binds(agent))

    def faults(self, problem: RosterProblem) -> Iterator[SettingFault]:
        """What is wrong with the plan's shift templates, whoever works them."""
        return iter(())

    def allows(self, problem: RosterProblem, agent: Agent, placement: Placement) -> bool:
        """Whether this person may work this placement; soft, a placement not allowed costs the weight."""
        return True

    def restrict(self, model: RosterModel) -> None:
        """Add the rule's rows to the model."""
        return

    def check(self, roster: Roster, problem: RosterProblem) -> tuple[Violation, ...]:
        """What in a roster is against this one rule, as the independent checker judges it."""
        from staffing.roster.check import check_rule  # here, because the checker reads the rules' parameters

        return check_rule(self, roster, problem)

    def is_law(self, pack: RulePack) -> bool:
        """Whether breaking it is against the law, and not only against contract, plan or an effort duty."""
        return bool(self.figure) and self.figure not in pack.soft

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """What one of its limits asks for: of whom, and when."""
        days, agent = limit.span(model), limit.person(model)
        if agent:
            return Note.of("{days}: rule {rule} for agent {agent}", days=days, rule=self.name, agent=agent)
        return Note.of("{days}: rule {rule} for the team", days=days, rule=self.name)

    def explain(self, give: Give, model: RosterModel) -> Note:
        """What stands in the way when one of its limits must give, and the change that would do."""
        return give.wording(model)

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """The change of the problem that lets a limit give as far as it must."""
        agent = give.limit.person(model)
        return RuleException(self, frozenset((agent,)) if agent else self.people, (give.limit.day(model),))


def about(limit: Limit, model: RosterModel, text: str, **values: object) -> Note:
    """A note on a limit of one person; its gaps {days} and {agent} are filled here."""
    return Note.of(text, days=limit.span(model), agent=limit.person(model), **values)
