"""Rows that follow from the others for whole numbers, and tie the offered shifts to the steps of the requirement.

Where the requirement rises by J from one slot to the next, some shift that begins there (or whose break may end
there) is offered, or as many as J are missing after or too many before:

    J x sum of y[k] over such shifts k + u[t] + o[t-1] >= J

and the same for falls, with shifts that end there (or whose break may begin there). In a relaxation without these
rows a shift for x of at most M people costs only x / M of its price; with them, every step pays.
"""

from __future__ import annotations

from staffing.shifts.design.program import DesignProgram, Rows


def add_steps(program: DesignProgram, rows: Rows, width: int = 1) -> None:
    """One row for each slot in which the requirement differs from that `width` slots before.

    For a width above 1 the shifts are those that begin (or end) in any of these slots.
    """
    slots = program.slots
    for slot in range(slots.count):
        before = slot - width
        if before < 0 and slots.cyclic:
            before %= slots.count
        rise = int(slots.required[slot]) - (int(slots.required[before]) if before >= 0 else 0)
        if not rise:
            continue
        up = rise > 0
        steps = [slots.place(slot - back) for back in range(width) if slots.cyclic or slot >= back]
        shifts = {k for step in steps for k, _, sign in program.changes[step] if (sign > 0) == up}
        terms = [(program.offered + k, abs(rise)) for k in sorted(shifts)]
        terms.append(((program.under if up else program.over) + slot, 1))
        if before >= 0:
            terms.append(((program.over if up else program.under) + before, 1))
        rows.add(terms, abs(rise), float("inf"))
