"""The pattern search: admissible rosters, true bounds, the same result for the same steps, and a stop."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benchmarks.nurse_instance import Cover, Employee, Instance, Request, Shift
from staffing.roster import solve
from staffing.roster.by_shift import wanted_by_shift
from staffing.roster.clock import Clock
from staffing.roster.engines import search
from staffing.roster.ledger import NOBODY
from staffing.roster.patterns import Chain, PatternSearch
from staffing.roster.program import ProgramBuilder
from staffing.roster.rules import ShiftsInPeriod, rules_of
from staffing.roster.shift_demand import ShiftDemand
from staffing.roster.variables import RosterModel
from staffing.shifts import ShiftTemplate
from tests.roster.data.nurse_model import Modelled, modelled
from tests.roster.data.solve_desk import AMPLE, SUNDAY, agent, contract, desk


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """Two or three people on seven to nine days with two shifts."""
    days = draw(st.integers(7, 9))
    people = tuple(
        Employee(
            name,
            {"E": draw(st.sampled_from((1, days))), "L": draw(st.sampled_from((0, 2, days)))},
            draw(st.sampled_from((2400, 3600))),
            draw(st.sampled_from((0, 960))),
            draw(st.integers(2, 4)),
            draw(st.integers(1, 2)),
            draw(st.integers(1, 2)),
            draw(st.integers(0, 1)),
            frozenset(draw(st.sets(st.integers(0, days - 1), max_size=1))),
        )
        for name in draw(st.sampled_from(("AB", "ABC")))
    )
    asked = st.builds(Request, st.just("A"), st.integers(0, days - 1), st.just("E"), st.integers(1, 5))
    cover = tuple(
        Cover(day, shift, draw(st.integers(0, 2)), draw(st.sampled_from((5, 100))), draw(st.integers(0, 3)))
        for day in range(days)
        for shift in ("E", "L")
    )
    return Instance(
        days,
        (Shift("E", 480, frozenset()), Shift("L", 600, frozenset({"E"}))),
        people,
        tuple(draw(st.lists(asked, max_size=3, unique_by=lambda r: r.day))),
        tuple(draw(st.lists(asked, max_size=2, unique_by=lambda r: r.day))),
        cover,
    )


def searched(nurse: Modelled, steps: int = 4, seed: int = 1) -> tuple[np.ndarray | None, int | None]:
    return PatternSearch(
        nurse.program,
        nurse.model.owners,
        nurse.model.column_days,
        nurse.chains,
        Clock(AMPLE, None),
        seed,
        steps=steps,
    ).run()


@settings(max_examples=15, deadline=None)
@given(instance=instances())
def test_bound_and_roster_enclose_the_optimum(instance: Instance) -> None:
    nurse = modelled(instance)
    whole = search(nurse.program, seconds=AMPLE, workers=8, seed=1)
    x, bound = searched(nurse)
    if whole.inadmissible:
        assert x is None
        return
    assume(whole.x is not None and nurse.program.value(whole.x) == whole.bound)
    assert bound is not None
    assert bound <= whole.bound
    assert x is not None
    assert nurse.program.admits(x)
    assert nurse.program.value(x) >= whole.bound


@settings(max_examples=5, deadline=None)
@given(instance=instances())
def test_same_seed_and_steps_give_the_same_roster(instance: Instance) -> None:
    nurse = modelled(instance)
    (x, bound), (again, bound_again) = searched(nurse, seed=7), searched(nurse, seed=7)
    assert (x is None) == (again is None)
    assert x is None or again is None or bool((x == again).all())
    assert bound == bound_again


def tiny_desk() -> tuple[ProgramBuilder, list[Chain], list[int], list[int]]:
    """Two people, four days, one shift a day for each; nobody's columns count the people, as breaks would need."""
    builder = ProgramBuilder()
    owners, days, chains = [], [], []
    for person in range(2):
        columns = [builder.column(1, 3 + person) for _ in range(4)]
        owners += [person] * 4
        days += range(4)
        chains.append(
            Chain(
                np.array(columns),
                np.arange(4),
                np.zeros(4, dtype=np.int64),
                np.ones((1, 1), dtype=np.bool_),
                np.ones(4, dtype=np.bool_),
            )
        )
    for day in range(4):
        count, missing = builder.column(2), builder.column(2, 10)
        owners += [NOBODY] * 2
        days += [day] * 2
        builder.row([day, 4 + day, count], [1, 1, -1], low=0, high=0)
        builder.row([count, missing], low=day % 3)
    return builder, chains, owners, days


def test_columns_of_nobody_may_hang_together() -> None:
    """Counts of people stand in two rows each: they are optimised with the roster, not read off it."""
    builder, chains, owners, days = tiny_desk()
    program = builder.build()
    x, bound = PatternSearch(
        program, np.array(owners), np.array(days), chains, Clock(60, None), steps=3
    ).run()
    assert x is not None
    assert program.admits(x)
    assert program.value(x) == bound == 3 + 3 + 4


def test_hard_rows_between_people_are_kept() -> None:
    """Nobody works beside the other on a day that needs one; a row says so, and no roster breaks it."""
    builder, chains, owners, days = tiny_desk()
    builder.row([2, 6], high=1)
    program = builder.build()
    x, bound = PatternSearch(
        program, np.array(owners), np.array(days), chains, Clock(60, None), steps=3
    ).run()
    assert x is not None
    assert program.admits(x)
    assert program.value(x) == bound == 3 + 3 + 10


def test_a_stop_ends_the_search_with_the_best_roster() -> None:
    builder, chains, owners, days = tiny_desk()
    program = builder.build()
    told: list[int | None] = []

    def progress(seconds: float, objective: int | None, bound: int | None) -> None:
        told.append(objective)

    x, _ = PatternSearch(
        program,
        np.array(owners),
        np.array(days),
        chains,
        Clock(60, lambda: True),
        progress=progress,
        threads=2,
    ).run()
    assert x is not None
    assert program.admits(x)
    assert told


def test_a_roster_given_is_where_the_search_begins() -> None:
    builder, chains, owners, days = tiny_desk()
    program = builder.build()
    best, _ = PatternSearch(program, np.array(owners), np.array(days), chains, Clock(60, None), steps=3).run()
    x, _ = PatternSearch(
        program, np.array(owners), np.array(days), chains, Clock(60, lambda: True), start=best
    ).run()
    assert x is not None
    assert best is not None
    assert program.value(x) == program.value(best)


def test_a_total_of_shortage_is_a_whole_number(monkeypatch: pytest.MonkeyPatch) -> None:
    # Patterns alone prove 450, half a shift short; whole numbers of shifts prove the 500 that is possible.
    wanted = ((1, 2), (1, 0), (1, 1), (0, 1), (2, 2), (1, 2), (1, 1))
    days = len(wanted)
    nurse = modelled(
        Instance(
            days,
            (Shift("E", 480, frozenset()), Shift("L", 600, frozenset({"E"}))),
            (
                Employee("A", {"E": days, "L": 2}, 3000, 0, 4, 1, 1, 0, frozenset()),
                Employee("B", {"E": days, "L": days}, 2400, 0, 2, 1, 2, 0, frozenset()),
                Employee("C", {"E": days, "L": 2}, 2400, 0, 3, 1, 1, 1, frozenset()),
            ),
            (),
            (),
            tuple(
                Cover(day, shift, people, 100, 1)
                for day, both in enumerate(wanted)
                for shift, people in zip("EL", both, strict=True)
            ),
        )
    )
    x, bound = searched(nurse)
    assert x is not None
    assert nurse.program.value(x) == bound == 500
    monkeypatch.setattr("staffing.roster.patterns.search.NODES", 0)
    assert searched(nurse)[1] == 450


def test_where_nobody_has_a_shift_to_choose_everybody_is_missing() -> None:
    """The only shift begins at 25:00, after the day's end; a rule still counts it: 700 a person, 3 for the rule."""
    late = ShiftTemplate("L3", 1500, 1500, 60, 180)
    problem = desk(
        agent(), days=1, need=0, hours="00:00-24:00", templates=[late], contracts=[contract(shifts=("L3",))]
    )
    wanted = ShiftDemand(SUNDAY, "L3", people=1, under_price=700)
    once = ShiftsInPeriod(period="horizon", shifts=frozenset({"L3"}), least=1, kind="soft", weight=3)
    problem = replace(problem, shift_demand=(wanted,), rules=(once,))
    assert wanted_by_shift(RosterModel(problem, rules_of(problem)))
    result = solve(problem, gap=0.0, seconds=AMPLE)
    assert (result.status, result.objective, result.roster.duties) == ("optimal", 703, ())
