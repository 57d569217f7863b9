"""What becomes of a caller who waits, as seen from every state and moment, and its mean over an interval's arrivals.

The functions are: is answered (S), the wait if answered, else 0 (V), the wait (W), and gives up (A). Backwards in
time they obey, for a caller who waits behind x others and with the step probabilities of `chain`,

    S = nearer S(x - 1) + stay S(x),   V = ... + S / R,   W = ... + 1 / R,   A = ... + gone   (a step earlier),

and callers who talk have S = 1 and V = W = A = 0. Where everybody is answered or gives up in the end, and patience
is the same throughout, A = 1 - S and W = A x patience (V for endless patience): S and V suffice.

The mean over arrivals needs the integral over an interval of the sum over x of p_x(t) F_x(t). With the same rate R
for p forwards (p P^k) and for F backwards (Q^m F), the integral of P(N_t = k) P(N_(T - t) = m) over t is
P(N_T = k + m + 1) / R. So it is (1 / R) sum over k of p P^k c_k with

    c_k = sum over m of P(N_T = k + m + 1) Q^m F,   c_(k-1) = Q c_k + P(N_T = k) F,

exact like everything else, at the price of one walk back; c_(-1) is F at the interval's start.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.queueing.arrays import Floats
from staffing.queueing.transient.chain import BLOCK, Chain, walk
from staffing.queueing.transient.forward import Passage
from staffing.queueing.transient.poisson import NEGLIGIBLE, beyond, poisson
from staffing.queueing.transient.stretches import Staffed

ANSWERED, ANSWERED_WAIT, WAIT, ABANDONED = range(4)
"""Places of S, V, W and A along the first axis; the last two are left out where S tells them."""

TALKING = np.array([1.0, 0.0, 0.0, 0.0])
"""Their values for a caller who talks."""

PUT_OFF = np.array([0.0, 0.0, 0.0, 1.0])
"""Their values for a caller who leaves at once."""


@dataclass(frozen=True, slots=True)
class Fate:
    """The four functions of one interval."""

    at_start: Floats
    """At the interval's start; shape (4, stretches, states)."""
    over_arrivals: Floats
    """Integral over the interval of the functions in the states that have a free line: seconds; (4, stretches)."""


def closing(staffed: Staffed, states: int, drain: bool) -> Floats:
    """The functions after the last interval; callers who are cut off get nothing any more.

    Behind x others the stages of the wait have rates n serving + j leaving, j = x - n ... 0; the products telescope.
    """
    x = np.arange(float(states))
    ahead = np.maximum(x - staffed.agents, 0.0) + 1
    capacity = staffed.agents * staffed.serving
    rate = capacity + ahead * staffed.leaving
    some = (x >= staffed.agents) & (rate > 0) & drain
    stage = np.divide(1.0, rate, out=np.zeros_like(rate), where=some)
    served = capacity * stage
    # The wait ends at the rate `leaving` as long as it lasts; endless patience waits for all stages.
    patient = staffed.leaving == 0
    mean_patience = np.divide(1.0, staffed.leaving, out=np.ones_like(staffed.leaving), where=~patient)
    lost = ahead * staffed.leaving * stage
    wait = np.where(patient, np.cumsum(stage, axis=1), lost * mean_patience)
    found = np.stack([served, served * np.cumsum(stage, axis=1), wait, lost])
    return np.where(x < staffed.agents, TALKING[:, None, None], found * some)


def before_change(
    later: Floats,
    talking: Floats,
    put_off: Floats,
    staffed: tuple[Staffed, Staffed],
    fewer: Floats,
    states: int,
) -> Floats:
    """Functions just before agents come or go, from those just after; shape (functions, stretches, states).

    Args:
        later: shape (functions, stretches, states of the later interval).
        talking: value of each function for a caller who talks.
        put_off: value of each for a caller who would wait on, but has no patience any more.
        staffed: the interval that ends, and the one that begins.
        fewer: agents who take the call in hand with them, shape (stretches, 1).
        states: of the interval that ends.
    """
    x = np.arange(states)
    before, after = staffed
    source = np.clip(x - fewer, 0, later.shape[2] - 1).astype(np.intp)
    result = np.take_along_axis(later, np.broadcast_to(source, (len(later), *source.shape)), axis=2)
    waits_on = x - fewer >= after.agents
    result = np.where((after.at_once > 0) & waits_on, put_off[:, None, None], result)
    return np.where(x >= before.agents, result, talking[:, None, None])


def fates(passage: Passage, end: Floats, interval: float) -> Fate:
    """One interval, backwards.

    Args:
        passage: the interval, forwards.
        end: the functions at its end, shape (functions, stretches, states).
        interval: seconds.
    """
    made, start = passage.chain, passage.start
    # Below `low` nobody waits in any of the stretches.
    low = max(0, int(min(made.staffed.agents.min(), len(made.x))) - 1)
    shape = (len(end), len(start), len(made.x) - low)
    weights = poisson(made.rate * interval, made.steps(interval))
    walked = _walked(passage, low, len(weights))
    cells = _Cells.of(made, low, len(end))
    value, total = cells.back(walked, end[:, :, low:].reshape(len(end), -1), weights)

    at_start = np.broadcast_to(TALKING[: len(end), None, None], (len(end), *start.shape)).copy()
    np.copyto(at_start[:, :, low:], value.reshape(shape), where=made.waits[:, low:] > 0)
    met = total.reshape(shape) * made.waits[:, low:] * made.admitted[:, low:] / made.rate
    over_arrivals = met.sum(axis=2)
    over_arrivals[ANSWERED] += (passage.spent * made.admitted * (1 - made.waits)).sum(axis=1)
    return Fate(at_start, over_arrivals)


def _walked(passage: Passage, low: int, count: int) -> Floats:
    """Probabilities after every step, of the states from `low` on; shape (steps, cells)."""
    if passage.walked is not None:
        return passage.walked[:, :, low:].reshape(count, -1)
    start = passage.start
    walked = np.empty((count, *start[:, low:].shape))
    for first, block in walk(passage.chain, start, count):
        walked[first : first + len(block)] = block.reshape(len(block), *start.shape)[:, :, low:]
    return walked.reshape(count, -1)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The backward steps of all stretches' states one after the other; arrays of shape (functions, cells)."""

    nearer: Floats
    stay: Floats
    constant: Floats
    """What a step adds to W and A, if they are wanted; shape (2, cells) or (0, cells)."""
    units: Floats
    """Those in which the functions are held: V and W in mean steps; shape (functions, 1)."""

    @classmethod
    def of(cls, made: Chain, low: int, functions: int) -> _Cells:
        """Those of the states from `low` on; below it nobody waits."""
        nearer, gone, waits = (array[:, low:].ravel() for array in (made.nearer, made.gone, made.waits))
        each = np.tile(nearer, (functions, 1))
        # Only S is followed into the cells in which a caller talks: the others are 0 there.
        each[1:] *= np.roll(waits, 1)
        units = np.array([1.0, 1 / made.rate, 1 / made.rate, 1.0])[:functions, None]
        return cls(
            nearer=each,
            stay=np.tile(1.0 - nearer - gone, (functions, 1)),
            constant=np.stack([waits, gone])[: functions - 2],
            units=units,
        )

    def back(self, walked: Floats, end: Floats, weights: Floats) -> tuple[Floats, Floats]:
        """c_(-1), and the sum over k of p P^k c_k without its factor 1 / R.

        In cells in which a caller talks only S means anything.
        """
        end, tail = end / self.units, beyond(weights)
        functions, cells = end.shape
        held = np.zeros((BLOCK + 1, functions, cells + 1))
        ahead, here = list(held[:, :, :-1]), list(held[:, :, 1:])
        spare, total, pair = np.empty_like(end), np.zeros_like(end), np.empty_like(self.constant)
        last = len(weights)
        while last > 0:
            steps = min(BLOCK, last)
            for j in range(steps):
                k = last - 1 - j
                now, after = here[j], here[j + 1]
                np.multiply(now, self.stay, out=after)
                np.multiply(ahead[j], self.nearer, out=spare)
                np.add(after, spare, out=after)
                np.add(after[1], now[0], out=after[1])
                if len(pair):
                    np.multiply(self.constant, tail[k], out=pair)
                    np.add(after[2:], pair, out=after[2:])
                if weights[k] > NEGLIGIBLE:
                    np.multiply(end, weights[k], out=spare)
                    np.add(after, spare, out=after)
            last -= steps
            total += np.einsum("kc,kfc->fc", walked[last : last + steps], held[steps - 1 :: -1, :, 1:])
            here[0][:] = here[steps]
        return here[0] * self.units, total * self.units
