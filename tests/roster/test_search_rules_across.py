"""Rules that reach over weeks and over people are kept at every moment of a search, the first roster included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from staffing.roster.budget import Budget
from staffing.roster.clock import Clock
from staffing.roster.ledger import NOBODY
from staffing.roster.people import Worth, build
from staffing.roster.problem import RosterProblem
from staffing.roster.rules import Rule, standard_rules
from staffing.roster.search import Search
from staffing.roster.variables import RosterModel
from tests.roster.data.solve_desk import F8, L8, S4, agent, contract, desk


class ExactMonth(Rule):
    """Everybody works exactly so many shifts in all weeks together."""

    def restrict(self, model: RosterModel) -> None:
        for own in everybody(model):
            model.row(np.concatenate(own), low=6, high=6)


class FourDaysRunning(Rule):
    """Nobody works more than four days running, whatever week they lie in."""

    def restrict(self, model: RosterModel) -> None:
        for own in everybody(model):
            for first in range(len(own) - 4):
                model.row(np.concatenate(own[first : first + 5]), high=4)


class NeverTogether(Rule):
    """The first two people never work on the same day."""

    def restrict(self, model: RosterModel) -> None:
        one, other = everybody(model)[:2]
        for day in range(len(model.days)):
            model.row(np.concatenate([one[day], other[day]]), high=1)


class SeniorEveryDay(Rule):
    """One of the last two people works every day; a day without one has its price."""

    def restrict(self, model: RosterModel) -> None:
        one, other = everybody(model)[-2:]
        for day in range(len(model.days)):
            none = model.column(1, 50_000, day=day)
            model.row([*one[day], *other[day], none], low=1)


class TwoOnSunday(Rule):
    """Two people at least on every eighth day, without a price to buy it off."""

    def restrict(self, model: RosterModel) -> None:
        for day in range(0, len(model.days), 8):
            model.row(np.concatenate([own[day] for own in everybody(model)]), low=2)


def everybody(model: RosterModel) -> list[list[np.ndarray]]:
    return [
        [model.options(person, day).columns for day in range(len(model.days))]
        for person in range(len(model.problem.agents))
    ]


def fortnight() -> RosterProblem:
    return desk(
        *(agent(f"A{i}", contract="full" if i % 2 else "part", wage=1100 + 31 * i) for i in range(6)),
        contracts=[
            contract(name="full", max_shifts_week=5, shifts=("F8", "S4", "L8")),
            contract(name="part", max_hours_week=24, max_shifts_week=5, shifts=("S4", "F8")),
        ],
        templates=[replace(F8, step_minutes=60, last_start_minute=720), S4, L8],
        hours="07:00-23:00",
        days=14,
        need=2,
        interval_minutes=30,
    )


class Watched(Search):
    """A search whose every roster is looked at."""

    def _tell(self) -> None:
        assert self._model.program.admits(self.x)
        assert self.bound <= self.objective
        super()._tell()


def searched(rules: Sequence[Rule]) -> tuple[RosterModel, np.ndarray, Search]:
    model = RosterModel(fortnight(), (*standard_rules(), *rules))
    x = build(model, Worth(model), 1)
    assert x is not None
    assert model.program.admits(x)
    budget = Budget(Clock(120, None), seed=1, workers=2, work=0)
    search = Watched(model, x, budget=budget, gap=0.02, progress=None)
    search.run()
    return model, x, search


RULES: dict[str, tuple[Rule, ...]] = {
    "a month's shifts, exactly": (ExactMonth(),),
    "days running": (FourDaysRunning(),),
    "a pair apart": (NeverTogether(),),
    "a senior a day, priced": (SeniorEveryDay(),),
    "people on a day, not priced": (TwoOnSunday(),),
    "all at once": (ExactMonth(), FourDaysRunning(), NeverTogether(), SeniorEveryDay(), TwoOnSunday()),
}


@pytest.mark.parametrize("name", RULES)
def test_weeks_are_made_anew_under_rules_that_reach_beyond_them(name: str) -> None:
    """The roster is better than the first one, and lawful on the way; the bound stays below it."""
    model, first, search = searched(RULES[name])
    assert model.program.admits(search.x)
    assert 0 < search.bound <= search.objective < model.program.value(first)


def test_columns_of_nobody_that_a_rule_adds_are_filled() -> None:
    model, first, _ = searched((SeniorEveryDay(),))
    own = np.flatnonzero((model.owners == NOBODY) & (model.program.cost == 50_000))
    assert len(own) == 14
    seniors = [
        sum(int(first[columns].sum()) for columns in days)
        for days in zip(*everybody(model)[-2:], strict=True)
    ]
    assert [int(x) for x in first[own]] == [int(people == 0) for people in seniors]
