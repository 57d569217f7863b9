"""Lower bounds are true: none lies above the optimum that CP-SAT proves for the whole program."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from staffing.roster.engines import branch, relax, search
from staffing.roster.people import Worth, build
from staffing.roster.program import ProgramBuilder
from staffing.roster.rules import standard_rules
from staffing.roster.variables import RosterModel
from staffing.roster.windows import Windows
from tests.roster.data.solve_desk import AMPLE, F8, L8, N6, S4, SUNDAY, agent, contract, desk


@st.composite
def models(draw: st.DrawFn) -> RosterModel:
    """Two or three people on the days around the end of a week."""
    people = [
        agent(
            name,
            contract=draw(st.sampled_from(("one", "two"))),
            wage=draw(st.integers(900, 2000)),
            leave=frozenset(
                draw(st.sets(st.integers(5, 8).map(lambda i: SUNDAY + timedelta(days=i)), max_size=2))
            ),
        )
        for name in draw(st.sampled_from(("AB", "ABC")))
    ]
    contracts = [
        contract(
            name=name,
            min_hours_week=draw(st.sampled_from((0, 8))),
            max_hours_week=draw(st.sampled_from((16, 30))),
            max_shifts_week=draw(st.integers(1, 5)),
            shifts=draw(st.sampled_from((("F8", "S4"), ("S4", "L8"), ("F8", "N6")))),
        )
        for name in ("one", "two")
    ]
    problem = desk(
        *people,
        contracts=contracts,
        templates=[F8, S4, L8, N6],
        hours=draw(st.sampled_from(("08:00-22:00", "00:00-24:00"))),
        start=SUNDAY + timedelta(days=5),
        days=draw(st.integers(3, 4)),
        need=draw(st.integers(1, 2)),
        price=draw(st.sampled_from((1500, 1999, 6000))),
    )
    return RosterModel(problem, standard_rules())


@settings(max_examples=12)
@given(model=models())
def test_weeks_by_themselves_and_their_outlines_bound_the_roster(model: RosterModel) -> None:
    """So do the relaxation of the whole and every week's, which are computed exactly from their duals."""
    whole = search(model.program, seconds=AMPLE, workers=8, seed=1)
    assume(whole.x is not None)
    assert whole.x is not None
    optimum = model.program.value(whole.x)
    assume(whole.bound == optimum)
    windows = Windows(model)
    weeks = range(len(model.weeks))
    relaxed = relax(model.program)
    assert relaxed is not None
    assert relaxed.bound <= optimum
    alone = [relax(windows.alone(week)) for week in weeks]
    assert sum(found.bound for found in alone if found is not None) <= optimum
    assert sum(branch(windows.alone(week), AMPLE).bound for week in weeks) <= optimum
    assert sum(branch(windows.outline(week).program, AMPLE).bound for week in weeks) <= optimum


@settings(max_examples=12)
@given(model=models())
def test_an_outline_between_the_other_weeks_bounds_what_the_week_can_become(model: RosterModel) -> None:
    """And people named for it keep every rule."""
    x = build(model, Worth(model), 1)
    assume(x is not None)
    assert x is not None
    windows = Windows(model)
    for week in range(len(model.weeks)):
        free = np.isin(model.column_days, model.indices(model.weeks[week]))
        part = model.program.part(free, x)
        best = search(part.program, seconds=AMPLE, workers=8, seed=1)
        assume(best.x is not None and part.program.value(best.x) == best.bound)
        plan = windows.plan(week, x)
        outlined = branch(plan.program, AMPLE)
        assert outlined.bound <= best.bound
        assert outlined.x is not None
        named = windows.named(week, plan, outlined.x, x, lambda program, start: branch(program, AMPLE))
        assume(
            named is not None
        )  # seldom somebody finds no week for an outline's counts; the search goes on then
        assert named is not None
        assert model.program.admits(named.of(x))
        assert windows.cost(week, named.of(x)) >= best.bound


@settings(max_examples=40)
@given(
    data=st.lists(
        st.tuples(
            st.lists(st.integers(-3, 4), min_size=5, max_size=5), st.integers(-6, 6), st.integers(0, 8)
        ),
        min_size=1,
        max_size=5,
    ),
    cost=st.lists(st.integers(-9, 9), min_size=5, max_size=5),
    upper=st.lists(st.integers(0, 3), min_size=5, max_size=5),
)
@example(data=[([0, 0, 1, 2, 2], 1, 0)], cost=[0] * 5, upper=[0, 0, 0, 0, 2])  # an error of HiGHS' own
@example(
    data=[([1] * 5, 0, 1)], cost=[-1] * 5, upper=[2, 1, 0, 3, 2]
)  # one at most, of columns that may be more
def test_both_solvers_agree_with_counting(
    data: list[tuple[list[int], int, int]], cost: list[int], upper: list[int]
) -> None:
    """On random programs: the least cost, or that there is none; bounds below it; relaxations below it."""
    builder = ProgramBuilder()
    for most, price in zip(upper, cost, strict=True):
        builder.column(most, price)
    for factors, low, width in data:
        builder.row(range(5), factors, low=low, high=low + width)
    program = builder.build()
    points = np.stack(np.meshgrid(*(np.arange(most + 1) for most in upper), indexing="ij"), -1).reshape(-1, 5)
    values = [program.value(x) for x in points if program.admits(x)]
    for found in (branch(program, AMPLE), search(program, seconds=AMPLE, workers=1, seed=1)):
        if not values:
            assert found.inadmissible
            assert found.x is None
        else:
            assert found.x is not None
            assert program.admits(found.x)
            assert program.value(found.x) == min(values) == found.bound
    relaxed = relax(program)
    assert not values or (relaxed is not None and relaxed.bound <= min(values))


@pytest.mark.parametrize("admitted", [True, False])
def test_programs_without_columns_are_settled(admitted: bool) -> None:
    builder = ProgramBuilder()
    if not admitted:
        builder.row([], low=1)
    program = builder.build()
    assert (relax(program) is not None) == admitted
    assert branch(program, 1).inadmissible == (not admitted)
    assert (branch(program, 1).x is not None) == admitted
