"""People of several skills shared out among queues, moment by moment: a flexible person counts once at a time.

    lent[s, q, t] people of skill set s serve queue q in moment t:
        sum over q of lent <= people of s on the floor,   lent only where s can serve q

As few people as possible are missing. By the theorem of Ford and Fulkerson the fewest missing in a moment are the
most, over sets Q of queues, of (required in Q - people who can serve any of Q); where handing people out one skill
set after the other misses that, paths are searched that set others free.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_LITTLE = 1e-9


def lend(people: Numbers, required: Numbers, can: Mask) -> Numbers:
    """Hand people out so that as few as possible are missing.

    Args:
        people: on the floor, shape (skill sets, moments).
        required: people a queue needs, shape (queues, moments).
        can: which skill set can serve which queue, shape (skill sets, queues).

    Returns:
        People lent, shape (skill sets, queues, moments); whole when people and required are.
    """
    lent = np.zeros((*can.shape, people.shape[1]))
    left, open_ = people.astype(np.float64), required.astype(np.float64)
    for s in np.argsort(can.sum(axis=1), kind="stable"):
        for q in np.flatnonzero(can[s]):
            given = np.minimum(left[s], open_[q])
            lent[s, q] += given
            left[s] -= given
            open_[q] -= given
    missed = open_.sum(axis=0) - fewest_missing(people, required, can)
    for t in np.flatnonzero(missed > _LITTLE):
        while _augment(lent[:, :, t], left[:, t], open_[:, t], can):
            pass
    return lent


def fewest_missing(people: Numbers, required: Numbers, can: Mask) -> Numbers:
    """The fewest people missing in each moment, all queues together. Shape (moments,)."""
    most = np.zeros(people.shape[1])
    for chosen in product((False, True), repeat=can.shape[1]):
        among = np.array(chosen)
        helpers = (can & among).any(axis=1)
        most = np.maximum(most, required[among].sum(axis=0) - people[helpers].sum(axis=0))
    return most


def _augment(lent: Numbers, left: Numbers, open_: Numbers, can: Mask) -> bool:
    """One path from people to spare to a queue that misses some, through queues whose helpers can move on."""
    came: dict[
        int, tuple[int, int]
    ] = {}  # queue -> the skill set that can help it, and the queue it leaves (-1: none)
    reached = [s for s in range(len(left)) if left[s] > _LITTLE]
    via: dict[int, int] = dict.fromkeys(reached, -1)  # skill set -> queue that it would leave
    while reached:
        s = reached.pop()
        for q in np.flatnonzero(can[s]).tolist():
            if q in came:
                continue
            came[q] = (s, via[s])
            if open_[q] > _LITTLE:
                _move(lent, left, open_, came, q)
                return True
            for other in np.flatnonzero(lent[:, q] > _LITTLE).tolist():
                if other not in via:
                    via[other] = q
                    reached.append(other)
    return False


def _move(lent: Numbers, left: Numbers, open_: Numbers, came: dict[int, tuple[int, int]], end: int) -> None:
    """Move as many people as the path that ends at a queue allows."""
    steps = []
    queue, amount = end, float(open_[end])
    while queue >= 0:
        s, leaves = came[queue]
        steps.append((s, queue, leaves))
        amount = min(amount, float(lent[s, leaves]) if leaves >= 0 else float(left[s]))
        queue = leaves
    for s, queue, leaves in steps:
        lent[s, queue] += amount
        if leaves >= 0:
            lent[s, leaves] -= amount
        else:
            left[s] -= amount
    open_[end] -= amount
