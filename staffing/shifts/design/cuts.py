"""Rows that follow from the others for whole numbers, and tie the offered shifts to the steps of the requirement.

Where the requirement rises by J from one slot to the next, some shift that begins there (or whose break may end
there) is offered, or as many as J are missing after or too many before:

    J x sum of y[k] over such shifts k + u[t] + o[t-1] >= J

and the same for falls, with shifts that end there (or whose break may begin there). In a relaxation without these
rows a shift for x of at most M people costs only x / M of its price; with them, every step pays.
"""

from __future__ import annotations

from staffing.shifts.design.program import DesignProgram, Rows


def add_steps(program: DesignProgram, rows: Rows) -> None:
    """One row for each slot in which the requirement differs from that of the slot before."""
    slots = program.slots
    for slot in range(slots.count):
        before = slots.before(slot)
        rise = int(slots.required[slot]) - (0 if before is None else int(slots.required[before]))
        if not rise:
            continue
        up = rise > 0
        shifts = sorted({k for k, _, sign in program.changes[slot] if (sign > 0) == up})
        terms = [(program.offered + k, abs(rise)) for k in shifts]
        terms.append(((program.under if up else program.over) + slot, 1))
        if before is not None:
            terms.append(((program.over if up else program.under) + before, 1))
        rows.add(terms, abs(rise), float("inf"))
