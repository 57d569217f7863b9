"""Breaks: counted by the program, spread out, handed to people; never at the price of a missing person."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from staffing.roster import Duty, RosterProblem, RosterResult, solve
from staffing.roster.check import check
from staffing.roster.handout import complete, hand_out
from staffing.roster.people import Worth, build
from staffing.roster.rules import standard_rules
from staffing.roster.variables import RosterModel
from tests.roster.data.solve_desk import AMPLE, F8, S4, SUNDAY, agent, contract, desk


def crowd(people: int, need: int, days: int = 1) -> RosterProblem:
    """People who all work 09:00-18:00 and may rest at 12:00, 13:00 or 14:00."""
    return desk(
        *(agent(f"A{i}") for i in range(people)),
        templates=[replace(F8, first_start_minute=540, last_start_minute=540)],
        contracts=[contract(shifts=("F8",), min_hours_week=7)],
        hours="09:00-18:00",
        days=days,
        need=need,
    )


def solved(problem: RosterProblem) -> RosterResult:
    return solve(problem, gap=0.0, seconds=AMPLE)


def rests(duties: tuple[Duty, ...]) -> Counter[int]:
    return Counter(duty.breaks[0][0].hour for duty in duties)


def test_breaks_are_staggered_when_cover_leaves_the_choice() -> None:
    """Six people, two at a time in each of the three hours, though any split would cost the same."""
    assert rests(solved(crowd(6, need=0)).roster.duties) == {12: 2, 13: 2, 14: 2}


def test_breaks_keep_away_from_hours_with_nobody_to_spare() -> None:
    """Three are needed at 13:00, and three people are there: nobody rests then."""
    problem = crowd(3, need=1)
    demand = problem.demand.copy()
    demand.loc[demand["slot"] == 13 * 60, "agents_gross"] = 3
    result = solved(replace(problem, demand=demand))
    assert 13 not in rests(result.roster.duties)
    assert check(result.roster, replace(problem, demand=demand)).shortage_cost == 0


def test_the_early_break_goes_round() -> None:
    """On three days running, three people on the same shift each have the first break once."""
    duties = solved(crowd(3, need=2, days=3)).roster.duties
    first = [duty.agent_id for duty in duties if duty.breaks[0][0].hour == 12]
    assert sorted(first) == ["A0", "A1", "A2"]


def test_duties_are_sorted_and_whole() -> None:
    duties = solved(crowd(4, need=3, days=4)).roster.duties
    assert list(duties) == sorted(duties, key=lambda d: (d.business_date, d.start, d.agent_id))
    assert all(len(duty.breaks) == 1 for duty in duties)


def test_spreading_breaks_never_costs_anything() -> None:
    """A complete x stays admissible and no dearer when its breaks are moved apart."""
    problem = desk(
        *(agent(f"A{i}", wage=1100 + i) for i in range(5)),
        contracts=[contract(min_hours_week=8)],
        templates=[F8, S4],
        days=3,
        need=3,
        start=SUNDAY,
    )
    model = RosterModel(problem, standard_rules())
    x = build(model, Worth(model), 1)
    assert x is not None
    worse = x.copy()
    for group in model.groups:  # everybody's break at the first place
        if group.breaks:
            worse[list(group.breaks)] = [x[group.count]] + [0] * (len(group.breaks) - 1)
    apart = complete(model, worse, keep_breaks=True)
    assert model.program.admits(apart)
    assert model.program.value(apart) <= model.program.value(complete_missing(model, worse))
    assert {(d.agent_id, d.business_date, d.shift_code) for d in hand_out(model, apart).duties} == {
        (d.agent_id, d.business_date, d.shift_code) for d in hand_out(model, x).duties
    }


def complete_missing(model: RosterModel, x: np.ndarray) -> np.ndarray:
    """`x` with as many people missing as its own breaks leave missing."""
    x = x.copy()
    for queue, columns in model.missing.items():
        x[columns] = 0
        rows = model.program.rows_within(np.ones(model.program.columns, dtype=np.bool_))
        lacking = model.program.low[rows] - model.program.matrix[rows] @ x
        matrix = model.program.matrix[:, columns].tocoo()
        x[columns[matrix.col]] = np.maximum(lacking[matrix.row], 0)
        assert queue in model.stretches
    return x
