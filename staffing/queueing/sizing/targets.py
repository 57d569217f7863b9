"""What a queue is to reach."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal, get_args

from staffing.queueing.arguments import number, share

Definition = Literal["offered", "answered", "virtual", "excluding_short"]
"""Which of the service levels of `Performance` is meant."""


@dataclass(frozen=True)
class Targets:
    """Targets that hold together; None is no target.

    Args:
        service_level: at least this share answered within the threshold, above 0 and below 1.
        threshold: seconds, >= 0.
        abandonment: at most this share of arrivals gives up waiting, above 0 and below 1. Blocked calls, possible
            with limited lines only, are not counted here; under the "offered" service level they are.
        asa: at most this mean wait of the answered, in seconds, above 0.
        occupancy: at most this share of the agents' time spent on calls, above 0 and at most 1.
        definition: what the service level is a share of: "offered" calls, "answered" ones, the admitted by their
            "virtual" wait, or offered "excluding_short" abandons (those within the threshold).

    Raises:
        ValueError: naming the argument; no number of agents reaches 0 % loss or 100 % service.
    """

    service_level: float | None = None
    threshold: float = 20
    abandonment: float | None = None
    asa: float | None = None
    occupancy: float | None = None
    definition: Definition = "offered"

    def __post_init__(self) -> None:
        for name in ("service_level", "abandonment"):
            if getattr(self, name) is not None:
                share(name, getattr(self, name))
        if self.occupancy is not None:
            share("occupancy", self.occupancy, full=True)
        if self.asa is not None and not 0 < number("asa", self.asa, "asa must be seconds above 0") < inf:
            raise ValueError(f"asa must be seconds above 0; found {self.asa}")
        wanted = "threshold must be seconds, 0 or more"
        if not 0 <= number("threshold", self.threshold, wanted) < inf:
            raise ValueError(f"{wanted}; found {self.threshold}")
        if not isinstance(self.definition, str) or self.definition not in get_args(Definition):
            allowed = ", ".join(get_args(Definition))
            raise ValueError(f"definition must be one of {allowed}; found {self.definition!r}")
