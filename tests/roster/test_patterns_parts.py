"""What dives and parts of the program rest on: a person's own rows, spaces, and time given to what earns."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from staffing.roster.patterns.chain import Chain, Count
from staffing.roster.patterns.columns import Costing
from staffing.roster.patterns.compact import BLOCK, DAYS, PEOPLE, Compact
from staffing.roster.patterns.layout import layout_of
from staffing.roster.patterns.moves import Moves
from staffing.roster.patterns.own import OwnRows
from staffing.roster.patterns.rows import own_rows, rows_of
from staffing.roster.patterns.space import Space
from staffing.roster.program import Ints, Program, ProgramBuilder

HORIZON = 4
MOST_NIGHTS = 2


def early_and_night(people: int) -> tuple[Program, list[Chain]]:
    """People with an early (even options) and a night shift (odd ones) each day, at most two nights each."""
    builder = ProgramBuilder()
    chains = []
    for _ in range(people):
        columns = [builder.column(1, 1) for _ in range(2 * HORIZON)]
        row = builder.row(columns[1::2], [1] * HORIZON, high=MOST_NIGHTS)
        nights = np.tile([0, 1], HORIZON)
        chains.append(
            Chain(
                np.array(columns),
                np.repeat(np.arange(HORIZON), 2),
                np.tile([0, 1], HORIZON),
                np.ones((2, 2), dtype=np.bool_),
                np.ones(HORIZON, dtype=np.bool_),
                counts=(Count(0, HORIZON - 1, nights, 0, MOST_NIGHTS, (row,)),),
            )
        )
    return builder.build(), chains


def own_of(program: Program, chains: list[Chain]) -> tuple[OwnRows, Space]:
    """The own rows when no walk has room for a count, and the space in which everything is allowed."""
    layout = layout_of(chains, program.cost, 0)
    rows = rows_of(program, chains, layout)
    own = own_rows(rows, layout.owners, len(chains))
    assert own.sum() == len(chains)
    everything = Space(
        np.zeros(len(layout.columns), dtype=np.bool_), np.ones((len(chains), HORIZON), dtype=np.bool_)
    )
    return OwnRows(rows, layout, Costing(rows, layout, chains), own), everything


def pattern_of(person: int, shifts: tuple[int, ...]) -> Ints:
    """The options of a person who works early (0), at night (1) or not (-1) on each day."""
    first = person * 2 * HORIZON
    return np.array([-1 if shift < 0 else first + 2 * day + shift for day, shift in enumerate(shifts)])


def test_own_rows_are_kept_by_patterns_with_few_nights() -> None:
    """Every pattern of four days: kept where it has two nights or fewer."""
    own, _ = own_of(*early_and_night(2))
    every = list(product((-1, 0, 1), repeat=HORIZON))
    for person in range(2):
        patterns = np.array([pattern_of(person, shifts) for shifts in every])
        kept = own.kept_by(np.full(len(every), person), patterns)
        assert kept.tolist() == [shifts.count(1) <= MOST_NIGHTS for shifts in every]


@given(
    st.lists(st.tuples(*[st.sampled_from((-1, 0, 1))] * HORIZON), min_size=1, max_size=4),
    st.lists(st.floats(0.01, 0.3), min_size=4, max_size=4),
)
def test_a_row_that_is_closed_can_be_broken_no_more(
    others: list[tuple[int, ...]], weights: list[float]
) -> None:
    """Night after night weighs most: two nights stay, those of most weight in all patterns, and every early shift."""
    own, everything = own_of(*early_and_night(1))
    shifts = [(1,) * HORIZON, *others]
    heavy = np.array([0.6, *weights[: len(others)]])
    patterns = np.array([pattern_of(0, each) for each in shifts])
    within = own.within(everything, np.zeros(len(shifts), dtype=np.int64), patterns, heavy)
    assert not within.blocked[0::2].any()
    nights = ~within.blocked[1::2]
    assert nights.sum() == MOST_NIGHTS
    weight = np.array(
        [sum(w for w, s in zip(heavy, shifts, strict=True) if s[day] == 1) for day in range(HORIZON)]
    )
    assert weight[nights].min() >= weight[~nights].max() - 1e-12


def test_a_settled_person_has_one_pattern_and_the_others_all_theirs() -> None:
    program, chains = early_and_night(2)
    layout = layout_of(chains, program.cost, 1_000)
    _, everything = own_of(program, chains)
    pattern = pattern_of(1, (0, -1, 1, -1))
    settled = everything.settled(layout, np.array([1]), pattern[None])
    assert np.flatnonzero(~settled.blocked).tolist() == [*range(2 * HORIZON), 8, 13]
    assert settled.idle.tolist() == [[True] * HORIZON, [False, True, False, True]]


def test_an_option_that_alone_breaks_a_count_is_left_out() -> None:
    """A person who may work no night has early shifts only, and the count has nothing left to count."""
    _, (chain,) = early_and_night(1)
    (count,) = chain.counts
    never = Chain(
        chain.columns,
        chain.days,
        chain.kinds,
        chain.follows,
        chain.idle,
        counts=(Count(count.first, count.last, count.weights, 0, 0, count.rows),),
    ).possible()
    assert never.columns.tolist() == chain.columns[0::2].tolist()
    assert never.days.tolist() == list(range(HORIZON))
    assert not never.counts[0].weights.any()
    assert chain.possible() is chain


def test_time_goes_to_what_earns_and_nothing_is_forgotten() -> None:
    """Three sorts of steps; one earns ten a second, one takes ten times as long and earns nothing, one neither."""
    lengths = {"good": 1.0, "slow": 10.0, "idle": 1.0}
    moves = Moves(tuple(lengths), np.random.default_rng(3))
    spent = dict.fromkeys(lengths, 0.0)
    assert [moves_first(moves, sort) for sort in lengths] == list(lengths)
    for _ in range(2_000):
        sort = moves.choose()
        spent[sort] += lengths[sort]
        moves.learn(sort, 10.0 if sort == "good" else 0.0, lengths[sort])
    share = spent["good"] / sum(spent.values())
    assert 0.4 < share < 0.6  # 1 of 1 + HOPE + HOPE
    assert min(spent["slow"], spent["idle"]) > 0.15 * sum(spent.values())


def moves_first(moves: Moves, expected: str) -> str:
    """The next sort, learned as if it had earned nothing."""
    sort = moves.choose()
    moves.learn(sort, 0.0, 10.0 if expected == "slow" else 1.0)
    return sort


def test_every_sort_of_part_finds_the_better_roster() -> None:
    """One person too many works each day: each sort of part sends them home, and none makes it worse."""
    builder = ProgramBuilder()
    owners, days, columns = [], [], []
    for person, day in product(range(2), range(HORIZON)):
        columns.append(builder.column(1, 5 + person))
        owners.append(person)
        days.append(day)
    for day in range(HORIZON):
        builder.row([columns[day], columns[HORIZON + day]], low=1)
    program = builder.build()
    everybody = np.ones(program.columns, dtype=np.int64)
    for sort in (DAYS, BLOCK, PEOPLE):
        part = Compact(
            program, np.array(columns), np.array(owners), np.array(days), 5.0, np.random.default_rng(1)
        )
        x = part.improve(sort, everybody, np.array([1, 0]), 60.0)
        assert x is not None
        assert program.admits(x)
        assert program.value(x) == 5 * HORIZON
        assert part.improve(sort, x, np.array([1, 0]), 60.0) is None
