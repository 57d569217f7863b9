"""The walk: the cheapest pattern of one person, day by day, exactly, in whole numbers.

After each day a person is in a state

    q   off for j days (j = 1..J, the last one standing for all longer runs where runs off have no limit), or
        at work for k days (k = 1..K likewise) with the class of the last shift (what may follow it)
    o   the outer counters: weekends worked and the small counts, as one index (tables say how options move it)
    m   the inner counter, the long one (working time, as a rule), as the innermost vector

and a table holds the least cost of reaching it. Options of a day that move a state alike form a bundle, of
which only the cheapest counts. A table's layer is a day, or the close of a count, where its sum is judged and
forgotten. The pattern is read back by looking for the predecessor whose figures fit exactly.
"""

# Arguments of compiled functions get their types from the first call.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import numpy as np

from staffing.roster.patterns.compiled import compiled
from staffing.roster.patterns.layout import (
    BUNDLE_CLASS,
    BUNDLE_GROUP,
    BUNDLE_INNER,
    BUNDLE_MOVE,
    BUNDLE_START,
    CLASSES,
    CLOSE_HIGH,
    CLOSE_INNER,
    CLOSE_LOW,
    CLOSE_OVER,
    CLOSE_UNDER,
    DAY,
    EVENT_ARG,
    EVENT_DAY,
    EVENT_KIND,
    EVENT_START,
    GROUP_START,
    GROUPS,
    INNER,
    MARK_FUTURE,
    MARK_WEEKEND,
    MIN_OFF,
    MIN_WORK,
    OFF_BEFORE,
    OFF_OPEN,
    OFFS,
    OUTER,
    OUTER_NEXT_START,
    OUTER_WEEK_START,
    UNKNOWN,
    WORK_OPEN,
    WORKED_BEFORE,
    WORKS,
    Packed,
)
from staffing.roster.patterns.scratch import FAR, NEVER, REACH_HIGH, REACH_LOW, STEP_HIGH, STEP_LOW, Scratch


@compiled
def bound_inner(pk: Packed, p: int, oc, idle, sc: Scratch) -> bool:
    """The inner counter's useful range on each layer; False when there is none."""
    first, last = pk.who[p, EVENT_START], pk.who[p + 1, EVENT_START]
    cap, days = pk.who[p, INNER] - 1, pk.days
    low, high = 0, 0
    for e in range(first, last):
        layer = e - first + 1
        if pk.events[e, EVENT_KIND] == DAY:
            row = p * days + pk.events[e, EVENT_DAY]
            least, most = 1 << 30, -1
            for i in range(pk.option_start[row], pk.option_start[row + 1]):
                if oc[i] < FAR:
                    w = pk.bundles[pk.option_bundle[i], BUNDLE_INNER]
                    least, most = min(least, w), max(most, w)
            if idle[pk.events[e, EVENT_DAY]]:
                least, most = 0, max(most, 0)
            if most < 0:
                return False
            sc.ranges[STEP_LOW, layer], sc.ranges[STEP_HIGH, layer] = least, most
            low, high = low + least, min(cap, high + most)
        elif pk.events[e, EVENT_KIND] == CLOSE_INNER:
            low, high = 0, 0
        sc.ranges[REACH_LOW, layer], sc.ranges[REACH_HIGH, layer] = low, high
    need_low, need_high, future = 0, cap, 0
    for e in range(last - 1, first - 1, -1):
        layer = e - first + 1
        if pk.events[e, EVENT_KIND] == CLOSE_INNER:
            sc.ranges[REACH_LOW, layer], sc.ranges[REACH_HIGH, layer] = 0, 0
            a = pk.events[e, EVENT_ARG]
            need_low = 0 if pk.closes[a, CLOSE_UNDER] >= 0 else pk.closes[a, CLOSE_LOW]
            need_high = cap if pk.closes[a, CLOSE_OVER] >= 0 else min(cap, pk.closes[a, CLOSE_HIGH])
            future = need_low
        else:
            sc.ranges[REACH_LOW, layer] = max(sc.ranges[REACH_LOW, layer], need_low)
            sc.ranges[REACH_HIGH, layer] = min(sc.ranges[REACH_HIGH, layer], need_high)
            if sc.ranges[REACH_LOW, layer] > sc.ranges[REACH_HIGH, layer]:
                return False
            if pk.events[e, EVENT_KIND] == DAY:
                row = p * days + pk.events[e, EVENT_DAY]
                need_low = max(need_low - sc.ranges[STEP_HIGH, layer], future - pk.marks[row, MARK_FUTURE], 0)
                need_high -= sc.ranges[STEP_LOW, layer]
    return True


@compiled
def _relax(table, target, source, low, high, cost):
    for m in range(low, high + 1):
        v = np.int32(table[source + m] + cost)
        if v < table[target + m]:
            table[target + m] = v


@compiled
def _push(pk, sc, layer, width, target, source, s_low, s_high, shift, cost):
    """Lower the vector `target` (state index in `layer`) by the vector that begins at `source`, moved by `shift`."""
    low = max(s_low + shift, sc.ranges[REACH_LOW, layer])
    high = min(s_high + shift, sc.ranges[REACH_HIGH, layer])
    if low > high:
        return
    cells, inner = width
    cell = layer * cells + target
    start = cell * inner
    if sc.alive[1, cell] < 0:
        for m in range(start + sc.ranges[REACH_LOW, layer], start + sc.ranges[REACH_HIGH, layer] + 1):
            sc.table[m] = NEVER
        sc.alive[0, cell], sc.alive[1, cell] = low, high
    else:
        sc.alive[0, cell] = min(sc.alive[0, cell], low)
        sc.alive[1, cell] = max(sc.alive[1, cell], high)
    _relax(sc.table, start, source - shift, low, high, np.int32(cost))


@compiled
def _bundle_day(pk, p, d, oc, sc):
    """The cheapest option of each bundle on a day."""
    b0, b1 = pk.who[p, BUNDLE_START], pk.who[p + 1, BUNDLE_START]
    at = d * pk.most_bundles
    for b in range(b1 - b0):
        sc.best_cost[at + b] = NEVER
        sc.best_option[at + b] = -1
    row = p * pk.days + d
    for i in range(pk.option_start[row], pk.option_start[row + 1]):
        b = at + pk.option_bundle[i] - b0
        if oc[i] < sc.best_cost[b]:
            sc.best_cost[b] = oc[i]
            sc.best_option[b] = i


@compiled
def _start_day(pk, p, oc, idle, wc, sc, layer, width):
    """The first day: from the run that the horizon begins in, or from nowhere."""
    outer = pk.who[p, OUTER]
    offs, classes = pk.who[p, OFFS], pk.who[p, CLASSES]
    sc.table[0] = 0
    worked, off = pk.who[p, WORKED_BEFORE], pk.who[p, OFF_BEFORE]
    if idle[0] and (worked == 0 or worked >= pk.who[p, MIN_WORK]):
        j = min(off + 1, offs) if pk.who[p, OFF_OPEN] else off + 1
        if j <= offs:
            _push(pk, sc, layer, width, (j - 1) * outer, 0, 0, 0, 0, 0)
    if off > 0 and off < pk.who[p, MIN_OFF]:
        return
    k = min(worked + 1, pk.who[p, WORKS]) if pk.who[p, WORK_OPEN] else worked + 1
    if k > pk.who[p, WORKS]:
        return
    b0 = pk.who[p, BUNDLE_START]
    for b in range(pk.who[p + 1, BUNDLE_START] - b0):
        if sc.best_cost[b] < FAR:
            o = pk.moves[pk.who[p, OUTER_NEXT_START] + pk.bundles[b0 + b, BUNDLE_MOVE] * outer]
            cost = sc.best_cost[b]
            if pk.marks[p * pk.days, MARK_WEEKEND] > 0 and o >= 0:
                o = pk.moves[pk.who[p, OUTER_WEEK_START] + o]
                cost += wc[0]
            if o >= 0:
                q = offs + (k - 1) * classes + pk.bundles[b0 + b, BUNDLE_CLASS]
                _push(pk, sc, layer, width, q * outer + o, 0, 0, 0, pk.bundles[b0 + b, BUNDLE_INNER], cost)


@compiled
def _ready_off(pk, p, d, j):
    """Whether work may follow j days off before day d."""
    return j >= pk.who[p, MIN_OFF] or (pk.who[p, UNKNOWN] and j == d)


@compiled
def _ready_work(pk, p, d, k):
    return k >= pk.who[p, MIN_WORK] or (pk.who[p, UNKNOWN] and k == d)


@compiled
def _to_work(pk, p, d, sc, layer, width, k, o, group, source, low, high, from_off, wc):
    """All bundles of a group (-1 for all groups) from one vector, to the k-th day of work."""
    outer, offs, classes = pk.who[p, OUTER], pk.who[p, OFFS], pk.who[p, CLASSES]
    b0, at = pk.who[p, BUNDLE_START], d * pk.most_bundles
    mark = pk.marks[p * pk.days + d, MARK_WEEKEND]
    counted = mark == 1 or (mark == 2 and from_off)
    for b in range(pk.who[p + 1, BUNDLE_START] - b0):
        if sc.best_cost[at + b] < FAR and (group < 0 or pk.bundles[b0 + b, BUNDLE_GROUP] == group):
            to = pk.moves[pk.who[p, OUTER_NEXT_START] + pk.bundles[b0 + b, BUNDLE_MOVE] * outer + o]
            cost = sc.best_cost[at + b]
            if counted and to >= 0:
                to = pk.moves[pk.who[p, OUTER_WEEK_START] + to]
                cost += wc[d]
            if to >= 0:
                q = offs + (k - 1) * classes + pk.bundles[b0 + b, BUNDLE_CLASS]
                _push(
                    pk,
                    sc,
                    layer,
                    width,
                    q * outer + to,
                    source,
                    low,
                    high,
                    pk.bundles[b0 + b, BUNDLE_INNER],
                    cost,
                )


@compiled
def _later_day(pk, p, d, idle, wc, sc, layer, width):
    cells, inner = width
    outer, offs, works, classes = pk.who[p, OUTER], pk.who[p, OFFS], pk.who[p, WORKS], pk.who[p, CLASSES]
    before = (layer - 1) * cells
    for j in range(1, offs + 1):
        to = j if j == offs and pk.who[p, OFF_OPEN] else j + 1
        ready = _ready_off(pk, p, d, j)
        for o in range(outer):
            cell = before + (j - 1) * outer + o
            low, high = sc.alive[0, cell], sc.alive[1, cell]
            if high < 0:
                continue
            if idle[d] and to <= offs:
                _push(pk, sc, layer, width, (to - 1) * outer + o, cell * inner, low, high, 0, 0)
            if ready:
                _to_work(pk, p, d, sc, layer, width, 1, o, -1, cell * inner, low, high, True, wc)
    for k in range(1, works + 1):
        to = k if k == works and pk.who[p, WORK_OPEN] else k + 1
        ready = idle[d] and _ready_work(pk, p, d, k)
        for o in range(outer):
            if ready:
                for c in range(classes):
                    cell = before + (offs + (k - 1) * classes + c) * outer + o
                    if sc.alive[1, cell] >= 0:
                        low, high = sc.alive[0, cell], sc.alive[1, cell]
                        _push(pk, sc, layer, width, o, cell * inner, low, high, 0, 0)
            if to <= works:
                _groups(pk, p, d, wc, sc, layer, width, k, to, o)


@compiled
def _groups(pk, p, d, wc, sc, layer, width, k, to, o):
    """From k days of work to one more: for each group of bundles the least over the classes it may follow."""
    cells, inner = width
    outer, offs, classes = pk.who[p, OUTER], pk.who[p, OFFS], pk.who[p, CLASSES]
    before = (layer - 1) * cells
    for g in range(pk.who[p, GROUPS]):
        low, high, found, only = 1 << 30, -1, 0, 0
        for c in range(classes):
            if pk.group_class[pk.who[p, GROUP_START] + g * classes + c]:
                cell = before + (offs + (k - 1) * classes + c) * outer + o
                if sc.alive[1, cell] >= 0:
                    low, high = min(low, sc.alive[0, cell]), max(high, sc.alive[1, cell])
                    found += 1
                    only = cell
        if found == 0:
            continue
        source = only * inner
        if found > 1:
            source = len(sc.table) - inner
            for m in range(source + low, source + high + 1):
                sc.table[m] = NEVER
            for c in range(classes):
                if pk.group_class[pk.who[p, GROUP_START] + g * classes + c]:
                    cell = before + (offs + (k - 1) * classes + c) * outer + o
                    if sc.alive[1, cell] >= 0:
                        a, b = sc.alive[0, cell], sc.alive[1, cell]
                        _relax(sc.table, source, cell * inner, a, b, np.int32(0))
        _to_work(pk, p, d, sc, layer, width, to, o, g, source, low, high, False, wc)


@compiled
def _inner_price(pk, a, m, scale):
    """What a closing inner counter costs at m; at least FAR when m is not allowed."""
    if m < pk.closes[a, CLOSE_LOW]:
        return (
            (pk.closes[a, CLOSE_LOW] - m) * pk.closes[a, CLOSE_UNDER] * scale
            if pk.closes[a, CLOSE_UNDER] >= 0
            else FAR
        )
    if m > pk.closes[a, CLOSE_HIGH]:
        return (
            (m - pk.closes[a, CLOSE_HIGH]) * pk.closes[a, CLOSE_OVER] * scale
            if pk.closes[a, CLOSE_OVER] >= 0
            else FAR
        )
    return 0


@compiled
def _close(pk, p, e, sc, layer, width, scale):
    """Judge and forget the inner counter or an outer one."""
    cells, inner = width
    outer, a = pk.who[p, OUTER], pk.events[e, EVENT_ARG]
    for s in range(cells):
        cell = (layer - 1) * cells + s
        low, high = sc.alive[0, cell], sc.alive[1, cell]
        if high < 0:
            continue
        if pk.events[e, EVENT_KIND] == CLOSE_INNER:
            best = NEVER
            for m in range(low, high + 1):
                price = _inner_price(pk, a, m, scale)
                if price < FAR:
                    best = min(best, sc.table[cell * inner + m] + price)
            if best < FAR:
                sc.table[len(sc.table) - inner] = best
                _push(pk, sc, layer, width, s, len(sc.table) - inner, 0, 0, 0, 0)
        else:
            to = pk.moves[a + s % outer]
            if to >= 0:
                cost = pk.moves[a + outer + s % outer] * scale
                _push(pk, sc, layer, width, s // outer * outer + to, cell * inner, low, high, 0, cost)


@compiled
def walk(pk: Packed, p: int, oc, idle, wc, scale: int, sc: Scratch, found) -> int:
    """The least cost of a pattern of person `p`, at least FAR when there is none; `found` becomes the pattern.

    Args:
        pk: everybody's chains.
        p: the person.
        oc: cost of each option, FAR or more where it may not be taken. Shape (options of all,), int32.
        idle: whether each day may be free. Shape (days,).
        wc: price of beginning a worked weekend on each day. Shape (days,), int32.
        scale: units of cost a unit of the program's cost, for the prices of soft counts.
        sc: memory to work in.
        found: receives the option of each day, -1 for none. Shape (days,).
    """
    if not bound_inner(pk, p, oc, idle, sc):
        return NEVER
    first, last = pk.who[p, EVENT_START], pk.who[p + 1, EVENT_START]
    cells = (pk.who[p, OFFS] + pk.who[p, WORKS] * pk.who[p, CLASSES]) * pk.who[p, OUTER]
    width = (cells, pk.who[p, INNER])
    for e in range(first, last):
        layer = e - first + 1
        for cell in range(layer * cells, (layer + 1) * cells):
            sc.alive[1, cell] = -1
        d = pk.events[e, EVENT_DAY]
        if pk.events[e, EVENT_KIND] == DAY:
            _bundle_day(pk, p, d, oc, sc)
            if d == 0:
                _start_day(pk, p, oc, idle, wc, sc, layer, width)
            else:
                _later_day(pk, p, d, idle, wc, sc, layer, width)
        else:
            _close(pk, p, e, sc, layer, width, scale)
    layer = last - first
    best, state, m = NEVER, -1, 0
    for s in range(cells):
        cell = layer * cells + s
        for i in range(sc.alive[0, cell], sc.alive[1, cell] + 1):
            if sc.table[cell * pk.who[p, INNER] + i] < best:
                best, state, m = sc.table[cell * pk.who[p, INNER] + i], s, i
    if best >= FAR:
        return NEVER
    _read_back(pk, p, wc, scale, sc, width, state, m, found)
    return best


@compiled
def _holds(sc, width, layer, s, m, value):
    cell = layer * width[0] + s
    return sc.alive[0, cell] <= m <= sc.alive[1, cell] and sc.table[cell * width[1] + m] == value


@compiled
def _read_back(pk, p, wc, scale, sc, width, s, m, found):
    first, last = pk.who[p, EVENT_START], pk.who[p + 1, EVENT_START]
    for e in range(last - 1, first - 1, -1):
        layer = e - first + 1
        value = sc.table[(layer * width[0] + s) * width[1] + m]
        if pk.events[e, EVENT_KIND] == DAY:
            s, m, option = _day_before(pk, p, pk.events[e, EVENT_DAY], wc, sc, width, layer - 1, s, m, value)
            found[pk.events[e, EVENT_DAY]] = option
        else:
            s, m = _before_close(pk, p, e, scale, sc, width, layer - 1, s, m, value)


@compiled
def _before_close(pk, p, e, scale, sc, width, layer, s, m, value):
    outer, a = pk.who[p, OUTER], pk.events[e, EVENT_ARG]
    if pk.events[e, EVENT_KIND] == CLOSE_INNER:
        for i in range(pk.who[p, INNER]):
            price = _inner_price(pk, a, i, scale)
            if price < FAR and _holds(sc, width, layer, s, i, value - price):
                return s, i
    else:
        for o in range(outer):
            if pk.moves[a + o] == s % outer:
                cost = pk.moves[a + outer + o] * scale
                if _holds(sc, width, layer, s // outer * outer + o, m, value - cost):
                    return s // outer * outer + o, m
    return -1, -1


@compiled
def _day_before(pk, p, d, wc, sc, width, layer, s, m, value):
    """The state before day d, and the option taken on it, that lead to state (s, m) at that value."""
    outer, offs, works, classes = pk.who[p, OUTER], pk.who[p, OFFS], pk.who[p, WORKS], pk.who[p, CLASSES]
    q, o = s // outer, s % outer
    if q < offs:
        if d == 0:
            return 0, 0, -1
        j = q + 1
        if j > 1 and _holds(sc, width, layer, (j - 2) * outer + o, m, value):
            return (j - 2) * outer + o, m, -1
        if j == offs and pk.who[p, OFF_OPEN] and _holds(sc, width, layer, s, m, value):
            return s, m, -1
        for k in range(1, works + 1):
            if _ready_work(pk, p, d, k):
                for c in range(classes):
                    before = (offs + (k - 1) * classes + c) * outer + o
                    if _holds(sc, width, layer, before, m, value):
                        return before, m, -1
        return -1, -1, -1
    k, c = (q - offs) // classes + 1, (q - offs) % classes
    b0, at = pk.who[p, BUNDLE_START], d * pk.most_bundles
    for b in range(pk.who[p + 1, BUNDLE_START] - b0):
        if (
            pk.bundles[b0 + b, BUNDLE_CLASS] == c
            and sc.best_cost[at + b] < FAR
            and pk.bundles[b0 + b, BUNDLE_INNER] <= m
        ):
            before = _work_before(pk, p, d, wc, sc, width, layer, k, b, o, m, value)
            if before >= 0:
                return before, m - pk.bundles[b0 + b, BUNDLE_INNER], sc.best_option[at + b]
    return -1, -1, -1


@compiled
def _work_before(pk, p, d, wc, sc, width, layer, k, b, o, m, value):
    outer, offs, works, classes = pk.who[p, OUTER], pk.who[p, OFFS], pk.who[p, WORKS], pk.who[p, CLASSES]
    b0 = pk.who[p, BUNDLE_START]
    mark = pk.marks[p * pk.days + d, MARK_WEEKEND]
    cost = sc.best_cost[d * pk.most_bundles + b]
    left = m - pk.bundles[b0 + b, BUNDLE_INNER]
    for before in range(outer):
        to = pk.moves[pk.who[p, OUTER_NEXT_START] + pk.bundles[b0 + b, BUNDLE_MOVE] * outer + before]
        if to < 0:
            continue
        week = pk.moves[pk.who[p, OUTER_WEEK_START] + to]
        if d == 0:
            fits = before == 0 and (week if mark > 0 else to) == o and left == 0
            if fits and value == cost + (wc[0] if mark > 0 else 0):
                return 0
            continue
        if k == 1 or (k == works and pk.who[p, WORK_OPEN] and works == 1):
            counted = mark > 0
            if (week if counted else to) == o:
                for j in range(1, offs + 1):
                    s = (j - 1) * outer + before
                    v = value - cost - (wc[d] if counted else 0)
                    if _ready_off(pk, p, d, j) and _holds(sc, width, layer, s, left, v):
                        return s
        counted = mark == 1
        if (week if counted else to) != o:
            continue
        v = value - cost - (wc[d] if counted else 0)
        for c in range(classes):
            if pk.group_class[pk.who[p, GROUP_START] + pk.bundles[b0 + b, BUNDLE_GROUP] * classes + c]:
                if k > 1:
                    s = (offs + (k - 2) * classes + c) * outer + before
                    if _holds(sc, width, layer, s, left, v):
                        return s
                if k == works and pk.who[p, WORK_OPEN]:
                    s = (offs + (k - 1) * classes + c) * outer + before
                    if _holds(sc, width, layer, s, left, v):
                        return s
    return -1
