"""Annealing by ruin and repair: take the days of a few people out of the roster and let each walk back in.

What others do fixes what each option is worth to a person, so a walk returns the best of all patterns that the
chain allows, not a move of one shift. People return one after the other, in a random order and at slightly
blurred prices; the roster that results is kept by the rule of simulated annealing.
"""

# Arguments of compiled functions get their types from the first call.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from staffing.roster.patterns.compiled import compiled
from staffing.roster.patterns.layout import MARK_IDLE, MARK_WEEKEND, Packed
from staffing.roster.patterns.rows import HARD, Rows, Tables
from staffing.roster.patterns.scratch import FAR, Scratch
from staffing.roster.patterns.walk import walk
from staffing.roster.program import Ints

HARD_CHANGE = HARD // 2  # a change of cost that only a broken hard row explains
ATTEMPTS = 8  # to keep rows that bind one person only, at prices that rise fourfold
UNIT = 256  # prices inside a walk are multiples of 1/256 of the program's cost


class Coupling(NamedTuple):
    """What people's choices add to the master rows, and what the rows then cost.

    `entry_start` etc. hold, for each option of all people and then each (person, day) whose weekend becomes
    worked, the rows it adds to; `price` its own cost. `multiplier` (rows,) is an extra price of rows that bind
    one person only.
    """

    entry_start: Ints
    entry_row: Ints
    entry_size: Ints
    price: Ints
    table_start: Ints
    table_least: Ints
    table_values: Ints
    own_row: npt.NDArray[np.bool_]
    multiplier: npt.NDArray[np.float64]
    weekends_from: int


class Roster(NamedTuple):
    """A roster under change: `patterns` (people, days), the rows' `sums`, the `random` state (1,), uint64."""

    patterns: Ints
    sums: Ints
    random: npt.NDArray[np.uint64]


def coupling_of(rows: Rows, tables: Tables, own: npt.NDArray[np.bool_]) -> Coupling:
    """The coupling for `anneal`; `own` marks the master rows that bind one person only."""
    entries = sparse.csc_array(sparse.hstack([rows.by_option, rows.by_weekend]))
    return Coupling(
        entries.indptr.astype(np.int64),
        entries.indices.astype(np.int64),
        entries.data.astype(np.int64),
        np.concatenate([rows.option_cost, rows.weekend_cost]),
        tables.start,
        tables.least,
        tables.values,
        own,
        np.zeros(len(own)),
        rows.by_option.shape[1],
    )


@compiled
def _uniform(random):
    """A number in [0, 1), by xorshift."""
    s = random[0]
    s ^= s << np.uint64(13)
    s ^= s >> np.uint64(7)
    s ^= s << np.uint64(17)
    random[0] = s
    return np.float64(s >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def _shift(cp, sums, entry, sign):
    """Add an entry to the rows' sums (or take it out): the change of cost."""
    change = sign * cp.price[entry]
    for i in range(cp.entry_start[entry], cp.entry_start[entry + 1]):
        r = cp.entry_row[i]
        at = cp.table_start[r] + sums[r] - cp.table_least[r]
        size = sign * cp.entry_size[i]
        change += cp.table_values[at + size] - cp.table_values[at]
        sums[r] += size
    return change


@compiled
def _worth(cp, sums, entry):
    """What adding an entry would cost, with the multipliers of a person's own rows."""
    change = float(cp.price[entry])
    for i in range(cp.entry_start[entry], cp.entry_start[entry + 1]):
        r = cp.entry_row[i]
        at = cp.table_start[r] + sums[r] - cp.table_least[r]
        change += cp.table_values[at + cp.entry_size[i]] - cp.table_values[at]
        change += cp.multiplier[r] * cp.entry_size[i]
    return change


@compiled
def _whole(pk: Packed, cp, sums, p, pattern, sign):
    """Put a person's pattern in or take it out: the change of cost, soft counts left aside."""
    change = 0
    for d in range(pk.days):
        if pattern[d] >= 0:
            change += _shift(cp, sums, pattern[d], sign)
        row = p * pk.days + d
        if pk.marks[row, MARK_WEEKEND] == 1:
            worked = pattern[d] >= 0
            if d + 1 < pk.days and pk.marks[row + 1, MARK_WEEKEND] == 2 and pattern[d + 1] >= 0:
                worked = True
            if worked:
                change += _shift(cp, sums, cp.weekends_from + row, sign)
    return change


@compiled
def _prices(pk: Packed, cp, ro, p, d0, d1, blur, oc, idle, wc):
    """Prices of a person's options inside days d0 to d1 - 1; outside, what they have now is all they may have."""
    for d in range(pk.days):
        row = p * pk.days + d
        now = ro.patterns[p, d]
        inside = d0 <= d < d1
        idle[d] = (inside and pk.marks[row, MARK_IDLE] > 0) or now < 0
        wc[d] = 0
        if inside:
            for i in range(pk.option_start[row], pk.option_start[row + 1]):
                noise = blur * _uniform(ro.random) if blur > 0 else 0.0
                oc[i] = np.int32(min(1_000_000.0, _worth(cp, ro.sums, i) + noise) * UNIT)
        elif now >= 0:
            oc[now] = 0
        if pk.marks[row, MARK_WEEKEND] == 1:
            wc[d] = np.int32(_worth(cp, ro.sums, cp.weekends_from + row) * UNIT)
            if d + 1 < pk.days:
                wc[d + 1] = 0
        elif pk.marks[row, MARK_WEEKEND] == 2:
            wc[d] = np.int32(_worth(cp, ro.sums, cp.weekends_from + row - 1) * UNIT)


@compiled
def _block(pk: Packed, p, d0, d1, pattern, oc):
    """Make every option of a person dear again after `_prices`."""
    for d in range(pk.days):
        row = p * pk.days + d
        if d0 <= d < d1:
            for i in range(pk.option_start[row], pk.option_start[row + 1]):
                oc[i] = FAR
        elif pattern[d] >= 0:
            oc[pattern[d]] = FAR


@compiled
def _dearer(cp, sums, entry, grow):
    broken = False
    for i in range(cp.entry_start[entry], cp.entry_start[entry + 1]):
        r = cp.entry_row[i]
        if cp.own_row[r] and cp.table_values[cp.table_start[r] + sums[r] - cp.table_least[r]] > 0:
            cp.multiplier[r] += grow * cp.entry_size[i]
            broken = True
    return broken


@compiled
def _learn(pk, cp, sums, p, pattern, grow):
    """Raise the multipliers of own rows that a person's pattern breaks; True when there is one."""
    broken = False
    for d in range(pk.days):
        if pattern[d] >= 0:
            broken |= _dearer(cp, sums, pattern[d], grow)
        row = p * pk.days + d
        if pk.marks[row, MARK_WEEKEND] == 1:
            broken |= _dearer(cp, sums, cp.weekends_from + row, grow)
    return broken


@compiled
def _return(pk: Packed, cp, ro, p, d0, d1, blur, old, oc, idle, wc, sc: Scratch, fresh):
    """Walk a person back in, several times when rows of their own are broken; the change of cost, or FAR."""
    change = FAR
    for attempt in range(ATTEMPTS):
        _prices(pk, cp, ro, p, d0, d1, blur, oc, idle, wc)
        best = walk(pk, p, oc, idle, wc, UNIT, sc, fresh)
        priced = 0
        for d in range(pk.days):
            if fresh[d] >= 0 and best < FAR:
                priced += oc[fresh[d]]
        _block(pk, p, d0, d1, old, oc)
        if best >= FAR:
            return FAR
        change = _whole(pk, cp, ro.sums, p, fresh, 1)
        if change < HARD_CHANGE or attempt == ATTEMPTS - 1:
            break
        if not _learn(pk, cp, ro.sums, p, fresh, 2.0 * 4.0**attempt):
            break
        _whole(pk, cp, ro.sums, p, fresh, -1)
    ro.patterns[p, :] = fresh
    return change


@compiled
def place(pk: Packed, cp: Coupling, ro: Roster, sc: Scratch, oc, people) -> bool:
    """Put people into a roster that they are not in, one after the other; False when somebody has no pattern."""
    idle = np.ones(pk.days, dtype=np.bool_)
    wc = np.zeros(pk.days, dtype=np.int32)
    fresh = np.zeros(pk.days, dtype=np.int64)
    for p in people:
        ro.patterns[p, :] = -1
        if _return(pk, cp, ro, p, 0, pk.days, 0.0, fresh, oc, idle, wc, sc, fresh) >= FAR:
            return False
    return True


@compiled
def anneal(pk: Packed, cp: Coupling, ro: Roster, sc: Scratch, oc, best, cost, tries, heat, most, widest):
    """Ruin and repair `tries` times at a temperature.

    Args:
        pk: everybody's chains.
        cp: the coupling rows.
        ro: the roster; changed in place.
        sc: memory for walks.
        oc: all FAR; memory for prices. Shape (options of all,), int32.
        best: receives the best patterns met. Shape (people, days).
        cost: the roster's cost and the best met so far, both kept up to date. Shape (2,).
        tries: how often.
        heat: the temperature, in units of cost.
        most: the most people taken out at once.
        widest: the most days taken out at once.
    """
    people = len(ro.patterns)
    idle = np.ones(pk.days, dtype=np.bool_)
    wc = np.zeros(pk.days, dtype=np.int32)
    fresh = np.zeros(pk.days, dtype=np.int64)
    old = np.zeros((most, pk.days), dtype=np.int64)
    crew = np.zeros(most, dtype=np.int64)
    order = np.arange(people)
    for _ in range(tries):
        size = min(people, 1 + int(_uniform(ro.random) * most))
        days = min(pk.days, 3 + int(_uniform(ro.random) ** 2 * (widest - 2)))
        d0 = int(_uniform(ro.random) * (pk.days + days // 2)) - days // 2
        d0 = max(0, min(d0, pk.days - days // 2 - 1))
        d1 = min(pk.days, d0 + days)
        for i in range(size):
            j = i + int(_uniform(ro.random) * (people - i))
            order[i], order[j] = order[j], order[i]
            crew[i] = order[i]
        change = 0
        for i in range(size):
            old[i] = ro.patterns[crew[i]]
            change += _whole(pk, cp, ro.sums, crew[i], old[i], -1)
        blur = heat * 0.5
        done = 0
        limit = -heat * np.log(max(1e-12, _uniform(ro.random)))
        for i in range(size):
            gained = _return(pk, cp, ro, crew[i], d0, d1, blur, old[i], oc, idle, wc, sc, fresh)
            if gained >= FAR:
                break
            change += gained
            done += 1
        if done == size and change <= limit:
            cost[0] += change
            if cost[0] < cost[1]:
                cost[1] = cost[0]
                best[:, :] = ro.patterns
        else:
            for i in range(done):
                _whole(pk, cp, ro.sums, crew[i], ro.patterns[crew[i]], -1)
            for i in range(size):
                ro.patterns[crew[i], :] = old[i]
                _whole(pk, cp, ro.sums, crew[i], old[i], 1)
