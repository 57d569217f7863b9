"""What a queue is to reach."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Literal, get_args

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
            value = getattr(self, name)
            if value is not None and not 0 < value < 1:
                raise ValueError(
                    f"{name} must be a share above 0 and below 1, such as 0.8 for 80 %; found {value}"
                )
        if self.occupancy is not None and not 0 < self.occupancy <= 1:
            raise ValueError(f"occupancy must be a share above 0 and at most 1; found {self.occupancy}")
        if self.asa is not None and not (self.asa > 0 and isfinite(self.asa)):
            raise ValueError(f"asa must be seconds above 0; found {self.asa}")
        if not (self.threshold >= 0 and isfinite(self.threshold)):
            raise ValueError(f"threshold must be seconds, 0 or more; found {self.threshold}")
        if self.definition not in get_args(Definition):
            allowed = ", ".join(get_args(Definition))
            raise ValueError(f"definition must be one of {allowed}; found {self.definition!r}")
