"""Instances of the mix: an online shop's desk with yearly seasons, growth, and vendors of every kind."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from staffing.queueing import Targets
from staffing.sourcing.figures import Figure
from staffing.sourcing.mix.problem import ContactType, HourClass, MixProblem
from staffing.sourcing.mix.sources import (
    Booths,
    CallPlan,
    Hourly,
    Overflow,
    OwnDesk,
    Source,
    Terms,
    Tier,
)

SEASON = (0.86, 0.80, 1.02, 0.98, 0.94, 0.97, 1.12, 0.95, 0.92, 1.00, 1.14, 1.45)  # January to December
TYPES = (
    ("order", 300.0, 0.34),
    ("delivery", 240.0, 0.31),
    ("product", 360.0, 0.21),
    ("returns", 420.0, 0.14),
)
CLASSES = (("weekday day", 9.0, 0.66), ("weekday evening", 4.0, 0.16), ("weekend", 9.0, 0.18))
DAY = ((1 / 9, 0.75), (2 / 9, 1.25), (1 / 9, 0.9), (4 / 9, 1.05), (1 / 9, 0.65))
EVENING = ((0.5, 1.2), (0.5, 0.8))


@dataclass(frozen=True)
class Prices:
    """Mean prices that decide how near own people and booths lie: hours a head gives, its wage, seats a month."""

    hours: float
    wage: float
    seat_a: float
    seat_b: float
    season: tuple[float, tuple[float, float, float]]


EASY = Prices(116.0, 180_000, 460_000, 440_000, (470_000, (1.0, 0.5, 0.52)))
HARD = Prices(112.0, 200_000, 420_000, 400_000, (440_000, (1.0, 0.55, 0.55)))
"""Own people and booths cost nearly the same, so that many mixes lie close together."""


def instance(
    months: int = 60,
    types: int = 4,
    vendors: int = 6,
    calls: float = 12_000,
    seed: int = 1,
    prices: Prices = EASY,
) -> MixProblem:
    """A desk of `calls` a month on average in its first year; the seed varies seasons, shares and prices."""
    rng = np.random.default_rng(seed)
    start = 2027 * 12 + 3
    numbers = [start + k for k in range(months)]
    names = tuple(f"{n // 12}-{n % 12 + 1:02d}" for n in numbers)
    factors = np.array(SEASON) * rng.lognormal(0, 0.03, 12)
    growth = 1 + rng.uniform(0.01, 0.06)
    level = calls * np.array([factors[n % 12] * growth ** ((n - start) / 12) for n in numbers])
    level *= rng.lognormal(0, 0.02, months)
    chosen = TYPES[:types]
    kinds = np.array([share for *_, share in chosen]) / sum(share for *_, share in chosen)
    parts = np.array([share for *_, share in CLASSES])
    weekdays = np.array([20.0 + n % 3 for n in numbers])
    days = np.stack([weekdays, weekdays, 30.4 - weekdays], axis=1)
    return MixProblem(
        months=names,
        types=tuple(ContactType(name, aht) for name, aht, _ in chosen),
        classes=tuple(
            HourClass(name, _even(slots))
            for (name, *_), slots in zip(CLASSES, (DAY, EVENING, DAY), strict=True)
        ),
        calls=level[:, None, None] * kinds[None, :, None] * parts[None, None, :],
        hours=days * np.array([hours for _, hours, _ in CLASSES]),
        sources=(_desk(rng, prices), *_vendors(rng, prices)[:vendors]),
        targets=Targets(service_level=0.8, threshold=20),
    )


def _even(slots: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    mean = sum(share * factor for share, factor in slots)
    return tuple((share, factor / mean) for share, factor in slots)


def _yen(rng: np.random.Generator, amount: float, spread: float = 0.06) -> Figure:
    return Figure(float(round(amount * rng.lognormal(0, spread))), "example", "instance")


def _by_class(
    rng: np.random.Generator, amount: float, factors: tuple[float, float, float]
) -> dict[str, Figure]:
    return {name: _yen(rng, amount * factor) for (name, *_), factor in zip(CLASSES, factors, strict=True)}


def _desk(rng: np.random.Generator, prices: Prices) -> OwnDesk:
    return OwnDesk(
        name="own desk",
        terms=Terms(begun=True, minimum=12),
        month_fee=_yen(rng, 80_000),
        hours_month=prices.hours,
        wage_month=_yen(rng, prices.wage),
        premium_hour={"weekday evening": _yen(rng, 150), "weekend": _yen(rng, 200)},
        social_insurance=Figure(0.15, "example"),
        supervisor_month=_yen(rng, 240_000),
        heads_per_supervisor=10.0,
        hire=_yen(rng, 100_000),
        place_month=_yen(rng, 25_000),
        floor_month=Figure(300_000, "source"),
        attrition=0.03,
        hire_lead=2,
        training=1,
        learning=(0.7, 0.85),
        lease=36,
        lease_left=24,
        places=15,
        heads=22,
        every_class=True,
        least_heads=1,
        most_heads=200,
    )


def _vendors(rng: np.random.Generator, prices: Prices) -> tuple[Source, ...]:
    first = Booths(
        name="booths A",
        terms=Terms(lead=2, notice=3, minimum=12),
        setup=_yen(rng, 200_000),
        month_fee=_yen(rng, 60_000),
        seat_month=_by_class(rng, prices.seat_a, (1.0, 0.5, 0.53)),
        seat_minimum=6,
        most_seats=40,
        call_extra=_yen(rng, 6),
    )
    second = replace(
        first,
        name="booths B",
        types=("order", "delivery"),
        seat_month=_by_class(rng, prices.seat_b, (1.0, 0.48, 0.55)),
        seat_minimum=12,
    )
    per_call = CallPlan(
        name="per call",
        terms=Terms(lead=1, notice=1, minimum=3),
        setup=_yen(rng, 10_000),
        month_fee=_yen(rng, 50_000),
        included_calls=50,
        tiers=(Tier(_yen(rng, 520), 1000), Tier(_yen(rng, 480), 2000), Tier(_yen(rng, 450))),
        channel_month=_yen(rng, 10_000),
        most_channels=12,
        least_calls=50,
    )
    season = Booths(
        name="season",
        terms=Terms(lead=2),
        setup=_yen(rng, 150_000),
        month_fee=_yen(rng, 40_000),
        seat_month=_by_class(rng, *prices.season),
        most_seats=20,
        season=(11, 12, 1),
    )
    hourly = Hourly(
        name="hourly",
        terms=Terms(lead=1, notice=2, minimum=3),
        setup=_yen(rng, 50_000),
        month_fee=_yen(rng, 30_000),
        rate_hour=_by_class(rng, 3_000, (1.0, 1.15, 1.2)),
        least_hours=60,
    )
    overflow = Overflow(
        name="overflow",
        terms=Terms(lead=1, notice=1, minimum=6),
        setup=_yen(rng, 30_000),
        month_fee=_yen(rng, 50_000),
        curve=((0.7, 0.82), (0.85, 0.94)),
        included_calls=100,
        tiers=(Tier(_yen(rng, 420)),),
    )
    return first, per_call, overflow, second, season, hourly
