"""The most even way to do work between what must be done and what has come in.

A string pulled taut between the two curves. Of all non-falling curves between them from the same start to the same
end it has the least steepest slope and the least sum of any convex cost of its slopes (A. F. Veinott, 1971, "Least
d-majorized network flows with inventory and statistical applications").
"""

from __future__ import annotations

import numpy as np

from staffing.queueing.arrays import Floats

BLOCK = 64
"""Borders looked at in one go at first."""


def taut_string(low: Floats, high: Floats) -> Floats:
    """Heights of the string at the borders, from 0 to the last element of `low`; low <= high at every border."""
    low, high = low.copy(), high.copy()
    low[0] = high[0] = 0.0
    high[-1] = low[-1]
    high = np.minimum(high, low[-1])
    string, place, last = np.zeros(len(low)), 0, len(low) - 1
    while place < last:
        bend, height = _next_bend(low, high, place, float(string[place]))
        string[place : bend + 1] = np.linspace(string[place], height, bend - place + 1)
        place = bend
    return np.clip(string, low, high)


def _next_bend(low: Floats, high: Floats, place: int, height: float) -> tuple[int, float]:
    """Where the straight piece from (place, height) ends, and at what height."""
    last, block = len(low) - 1, BLOCK
    while True:
        end = min(place + block, last)
        run = np.arange(1.0, end - place + 1)
        least = (low[place + 1 : end + 1] - height) / run
        most = (high[place + 1 : end + 1] - height) / run
        steepest, flattest = np.maximum.accumulate(least), np.minimum.accumulate(most)
        crossed = np.flatnonzero(steepest > flattest)
        if len(crossed):
            stop = int(crossed[0])
            if least[stop] > flattest[stop]:  # pulled up later on: bend where the upper curve holds it down
                bend = int(np.flatnonzero(most[:stop] == flattest[stop])[-1])
                return place + 1 + bend, float(high[place + 1 + bend])
            bend = int(np.flatnonzero(least[:stop] == steepest[stop])[-1])
            return place + 1 + bend, float(low[place + 1 + bend])
        if end == last:
            return last, float(low[last])
        block *= 4


def whole_steps(string: Floats, low: Floats, high: Floats, *, peak: float) -> Floats:
    """Whole numbers, at most `peak` (the steepest slope of the string, rounded up), that do what `low` asks.

    An agent in an interval does at most 1 and no more than has come in. As long as no capacity is wasted, so many
    agents have done as much work; the numbers follow the string, never ahead of the work, and waste a part of an
    agent only where no number fits between what has come in and what must be done for the peak to suffice later. By
    then every other profile has used as many agents and done no more, so that the sum is the least there is.
    """
    must = low.copy()
    for place in range(len(low) - 2, -1, -1):
        must[place] = max(low[place], must[place + 1] - peak)
    steps, so_far = np.zeros(len(low) - 1), 0.0
    tiny = 1e-12 * max(float(high[-1]), 1.0)
    for place in range(1, len(low)):
        wanted = np.ceil(string[place] - so_far - tiny)
        at_most = np.floor(high[place] - so_far + tiny)
        at_least = np.ceil(must[place] - so_far - tiny)
        agents = max(min(wanted, at_most, peak), at_least, 0.0)
        steps[place - 1] = agents
        so_far = min(so_far + agents, float(high[place]))
    return steps
