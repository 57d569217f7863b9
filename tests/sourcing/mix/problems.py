"""Small mixes for the tests: months from April 2027, one class of 160 hours a month unless told otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np

from staffing.queueing import Targets
from staffing.sourcing.figures import Figure
from staffing.sourcing.mix import (
    Booths,
    CallPlan,
    ContactType,
    HourClass,
    Limits,
    MixProblem,
    OwnDesk,
    Source,
    Terms,
    Tier,
)

TARGET = Targets(service_level=0.8, threshold=20)
HOURS = 160.0


def names(count: int) -> tuple[str, ...]:
    return tuple(f"{2027 + (3 + k) // 12}-{(3 + k) % 12 + 1:02d}" for k in range(count))


def problem(
    calls: Sequence[float],
    *sources: Source,
    limits: Limits | None = None,
    aht: float = 300.0,
    patience: float = inf,
    targets: Targets = TARGET,
) -> MixProblem:
    """One type, one class."""
    return MixProblem(
        months=names(len(calls)),
        types=(ContactType("order", aht),),
        classes=(HourClass("day"),),
        calls=np.array(calls, dtype=np.float64)[:, np.newaxis, np.newaxis],
        hours=np.full((len(calls), 1), HOURS),
        sources=sources,
        targets=targets,
        patience_seconds=patience,
        limits=limits or Limits(),
    )


def yen(amount: float) -> Figure:
    return Figure(float(amount))


def booths(
    name: str = "booths", *, seat: float = 300_000, lead: int = 0, minimum: int = 1, **more: object
) -> Booths:
    return Booths(name=name, terms=Terms(lead=lead, minimum=minimum), seat_month={"day": yen(seat)}, **more)  # type: ignore[arg-type]


def per_call(
    name: str = "per call", *, price: float = 300, lead: int = 0, minimum: int = 1, **more: object
) -> CallPlan:
    return CallPlan(name=name, terms=Terms(lead=lead, minimum=minimum), tiers=(Tier(yen(price)),), **more)  # type: ignore[arg-type]


def desk(**more: object) -> OwnDesk:
    settings: dict[str, object] = {
        "name": "own desk",
        "terms": Terms(begun=True),
        "hours_month": 100.0,
        "wage_month": yen(200_000),
        "heads": 5,
        "places": 3,
    }
    return OwnDesk(**(settings | more))  # type: ignore[arg-type]
