"""A multi-skill design as the simulator takes it."""

from __future__ import annotations

from collections.abc import Sequence

from staffing.simulation import AgentGroup, CallType, Exponential, Never, Scenario, SimulationResult, simulate


def played(
    calls: Sequence[float],
    aht: Sequence[float],
    patience: Sequence[float],
    skills: Sequence[Sequence[int]],
    agents: Sequence[int],
    *,
    hours: float,
    replications: int,
    seed: int,
    confidence: float = 0.99,
    threshold: float = 20,
) -> SimulationResult:
    """Calls an hour, fewest skills first, first come first served; the first half hour is left out."""
    types = [
        CallType(
            str(queue),
            Exponential(aht[queue]),
            calls=calls[queue],
            patience=Never() if patience[queue] == float("inf") else Exponential(patience[queue]),
        )
        for queue in range(len(calls))
    ]
    groups = [
        AgentGroup(str(place), {str(queue): len(group) for queue in group}, staff=int(number))
        for place, (group, number) in enumerate(zip(skills, agents, strict=True))
        if number
    ]
    scene = Scenario(types, groups, interval_seconds=3600.0, intervals=int(hours))
    return simulate(
        scene,
        replications=replications,
        seed=seed,
        confidence=confidence,
        threshold=threshold,
        warm_up=1800.0,
    )
