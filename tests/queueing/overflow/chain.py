"""Small overflow systems as Markov chains of (own calls, vendor's calls), solved as one system of equations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

State = tuple[int, int]
Moves = Callable[[State], Iterator[tuple[float, State]]]


@dataclass(frozen=True)
class Small:
    """Rates a second; waiting callers stand in the own queue unless the vendor has `vendor_places`."""

    arrival: float
    service: float
    agents: int
    vendor: int
    vendor_service: float
    loss: float
    places: int
    overflow_when_busy: bool
    """Or when the own queue is full."""
    vendor_places: int = 0
    others: float = 0.0

    def moves(self, state: State) -> Iterator[tuple[float, State]]:
        """Rates and where they lead."""
        own, away = state
        goes = own >= (self.agents if self.overflow_when_busy else self.agents + self.places)
        room = away < self.vendor + self.vendor_places
        if goes and room:
            yield self.arrival, (own, away + 1)
        elif own < self.agents + self.places:
            yield self.arrival, (own + 1, away)
        waiting = max(own - self.agents, 0)
        yield min(own, self.agents) * self.service + waiting * self.loss, (own - 1, away)
        if room:
            yield self.others, (own, away + 1)
        done = min(away, self.vendor) * self.vendor_service
        if self.overflow_when_busy and waiting:
            yield done, (own - 1, away)
        else:
            yield done + max(away - self.vendor, 0) * self.loss, (own, away - 1)

    def solve(self) -> tuple[list[State], npt.NDArray[np.float64]]:
        """The states and their stationary chances."""
        found: dict[State, int] = {(0, 0): 0}
        rates: list[tuple[int, int, float]] = []
        for state in (todo := [(0, 0)]):
            for rate, target in self.moves(state):
                if rate > 0:
                    if target not in found:
                        found[target] = len(found)
                        todo.append(target)
                    rates.append((found[state], found[target], rate))
        system = np.zeros((len(found), len(found)))
        for start, end, rate in rates:
            system[end, start] += rate
            system[start, start] -= rate
        system[-1] = 1.0
        right = np.zeros(len(found))
        right[-1] = 1.0
        return list(found), np.linalg.solve(system, right)

    def figures(self) -> dict[str, float]:
        """Shares of calls, and the chance that a call that may overflow finds the vendor full."""
        states, chance = self.solve()
        own = np.array([state[0] for state in states])
        away = np.array([state[1] for state in states])
        waiting = np.maximum(own - self.agents, 0)
        beyond = np.maximum(away - self.vendor, 0)
        limit = self.agents if self.overflow_when_busy else self.agents + self.places
        may = own >= limit
        full = away >= self.vendor
        shut = (own == self.agents + self.places) & (away == self.vendor + self.vendor_places)
        return {
            "answered": float(chance @ np.minimum(own, self.agents)) * self.service / self.arrival,
            "abandonment": float(chance @ (waiting + beyond)) * self.loss / self.arrival,
            "blocking": float(chance @ shut),
            "vendor_full": float(chance @ (may & full) / (chance @ may)),
            "vendor_busy": float(chance @ np.minimum(away, self.vendor)),
            "queue_length": float(chance @ (waiting + beyond)),
        }
