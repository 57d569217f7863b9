"""What measures do to a desk: lost calls and costs a month, all of them worked out together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from staffing.sourcing.measures.desk import Desk, Floats
from staffing.sourcing.measures.effects import Level
from staffing.sourcing.measures.measure import Catalogue, Measure
from staffing.sourcing.measures.outcome import Outcome, first_calls, outcome
from staffing.sourcing.measures.situation import Situation, under


@dataclass(frozen=True)
class Running:
    """One measure in force, a month: the contacts it takes and the paid hours it adds."""

    measure: Measure
    contacts: float
    paid_hours: float

    def cost(self, heads: float) -> float:
        """What it costs a month, in the smallest currency unit, not rounded."""
        costs = self.measure.costs
        return (
            costs.monthly.value
            + heads * costs.monthly_head.value
            + self.contacts * costs.per_contact.value
            + self.paid_hours * costs.paid_hour.value
        )


@dataclass(frozen=True)
class State:
    """A desk with some measures in force, a month."""

    lost: float
    """Lost calls."""
    offered: float
    """Calls that came, redials and those contained before the queue among them."""
    running: tuple[Running, ...]
    heads: float

    @property
    def cost(self) -> float:
        """Of the measures, a month, not rounded."""
        return sum(each.cost(self.heads) for each in self.running)

    @property
    def abandonment(self) -> float:
        """Lost / offered; 0 without calls."""
        return self.lost / self.offered if self.offered else 0.0


@dataclass(frozen=True)
class Judge:
    """Works out a desk under any measures of a catalogue. Nothing is added up: every set is a queue of its own."""

    desk: Desk
    catalogue: Catalogue

    @cached_property
    def start(self) -> Situation:
        """The desk as it is."""
        return Situation.of(self.desk, first_calls(self.desk))

    @cached_property
    def before(self) -> State:
        """What is lost without any measure."""
        return self.state(())

    def state(self, names: Iterable[str], level: Level = "expected") -> State:
        """The desk with measures in force, at one level of their effects; each set is worked out once."""
        key = (frozenset(names), level)
        if key not in self._known:
            self._known[key] = self._state(key[0], level)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[frozenset[str], Level], State]:
        return {}

    def _state(self, names: frozenset[str], level: Level) -> State:
        measures = [measure for measure in self.catalogue.measures if measure.name in names]
        now = under(self.start, measures, level)
        found = outcome(now)
        monthly = self.desk.monthly
        contained = sum((monthly(calls) for calls in now.contacts.values()), 0.0)
        return State(
            lost=monthly(found.lost),
            offered=monthly(found.attempts + found.left) + contained,
            running=tuple(self._running(measure, now, found) for measure in measures),
            heads=self.desk.heads,
        )

    def _running(self, measure: Measure, now: Situation, found: Outcome) -> Running:
        taken = now.contacts.get(measure.name)
        contacts = 0.0 if taken is None else self.desk.monthly(taken)
        if measure.call_back is not None:
            contacts += self.desk.monthly(found.called_back)
        if measure.vendor is not None:
            contacts += self.desk.monthly(found.to_vendor - found.unanswered_by_vendor)
        added: Floats | None = now.added.get(measure.name)
        hours = 0.0 if added is None else self.desk.monthly(added) * self.desk.interval_seconds / 3600
        return Running(measure, contacts, hours * measure.costs.paid_hours.value)
