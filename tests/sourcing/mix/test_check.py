"""The checker refuses plans that break one rule each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from staffing.sourcing.mix import MixPlan, MixProblem, MixResult, SourcePlan, Terms, check, solve
from tests.sourcing.mix.problems import booths, desk, per_call, problem, yen

Break = Callable[[SourcePlan], SourcePlan]


@pytest.fixture(scope="module")
def sound() -> MixResult:
    """A desk that must keep 30 %, and booths from the second month for three months at least."""
    own = desk(heads=6, places=3, hire=yen(50_000), least_share=0.3)
    vendor = booths(seat=100_000, lead=1, minimum=3, seat_minimum=3)
    return solve(problem([1500, 3000, 3000, 3000], own, vendor, per_call(price=2000)), gap=0.0)


def at(values: np.ndarray, place: tuple[int, ...] | int, value: float) -> np.ndarray:
    changed = values.copy()
    changed[place] = value
    return changed


@pytest.mark.parametrize(
    ("source", "breaks", "words"),
    [
        ("booths", lambda p: replace(p, active=at(p.active, 0, True)), "before its lead"),
        ("booths", lambda p: replace(p, active=at(p.active, 3, False)), "ends before its minimum term"),
        ("booths", lambda p: replace(p, seats=at(p.seats, (2, 0), 0)), "still bound"),
        ("booths", lambda p: replace(p, seats=p.seats - (p.seats > 0)), "fewer seats than the target needs"),
        ("booths", lambda p: replace(p, calls=p.calls * 0.9), "calls of order"),
        ("own desk", lambda p: replace(p, hours=p.hours * 0.3), "fewer hours than the target needs"),
        ("own desk", lambda p: replace(p, hours=p.hours * 9), "more hours than its people have"),
        ("own desk", lambda p: replace(p, heads=p.heads + 1), "do not follow from those before"),
        ("own desk", lambda p: replace(p, hires=at(p.hires, 0, 1)), "before they can be found"),
        ("own desk", lambda p: replace(p, released=at(p.released, 2, 1)), "lets people go"),
        ("own desk", lambda p: replace(p, places=p.places * 0), "fewer workplaces"),
        ("own desk", lambda p: replace(p, calls=p.calls * 0), "less than its least share"),
    ],
)
def test_one_broken_rule_is_named(sound: MixResult, source: str, breaks: Break, words: str) -> None:
    assert sound.plan.of("booths").used
    assert check(sound.problem, sound.plan).kept
    parts = tuple(breaks(part) if part.name == source else part for part in sound.plan.sources)
    verdict = check(sound.problem, MixPlan(parts))
    assert any(words in str(fault) for fault in verdict.faults)


def test_a_contract_that_runs_cannot_end_before_its_notice(sound: MixResult) -> None:
    running = replace(sound.problem.sources[1], terms=Terms(notice=2, begun=True))
    changed: MixProblem = sound.problem.with_sources(
        (sound.problem.sources[0], running, sound.problem.sources[2])
    )
    assert any("minimum term or notice" in str(fault) for fault in check(changed, sound.plan).faults)
