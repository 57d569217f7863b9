"""A coverage played: closing, fractions of an agent, and calls that scatter."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from staffing.coverage import Coverage
from staffing.queueing import Targets, performance
from staffing.requirement import Requirement, Staffing
from staffing.simulate import Play, play_coverage


def desk(
    net: list[float],
    *,
    dispersion: float = 1.0,
    patience: float = np.inf,
    calls: float = 30.0,
    queues: str = "a",
) -> tuple[Coverage, Requirement]:
    """Half-hours of 30 calls of 200 s from 9:00, with a gap of an hour after the second one."""
    start = pd.Timestamp("2027-02-01 09:00", tz="Asia/Tokyo")
    place = [number + (2 if number > 1 else 0) for number in range(len(net))]
    frame = pd.concat(
        [
            pd.DataFrame(
                {
                    "queue": queue,
                    "interval_start": [start + pd.Timedelta(minutes=30 * number) for number in place],
                    "calls": calls,
                    "aht_seconds": 200.0,
                    "scheduled_net": net,
                }
            )
            for queue in queues
        ],
        ignore_index=True,
    )
    frame["interval_start"] = frame["interval_start"].astype("datetime64[us, Asia/Tokyo]")
    requirement = Requirement(
        frame.assign(dispersion=dispersion),
        Targets(service_level=0.8),
        Staffing(patience_seconds=patience),
        30,
    )
    return Coverage(frame, 30), requirement


def test_whoever_waits_at_closing_time_is_answered_by_those_who_were_there_last() -> None:
    """Endless patience and too few agents at the end: everybody is answered all the same."""
    played = play_coverage(*desk([3.0, 3.0, 5.0, 3.2]), Play(replications=50))
    total = played.result.total
    assert float(total.answered.mean) == float(total.offered.mean)
    assert float(total.abandonment.mean) == 0


def test_each_queue_has_its_own_agents_and_they_do_not_help_out() -> None:
    played = play_coverage(*desk([5.0] * 4, queues="ab"), Play(replications=200))
    assert played.queues == ("a", "b")
    one, two = played.result.by_type.service_level.mean
    assert one == pytest.approx(two, abs=0.02)
    alone = play_coverage(*desk([5.0] * 4), Play(replications=200)).result.total.service_level
    assert alone.mean == pytest.approx(one, abs=0.02)


def test_a_fraction_of_an_agent_lies_between_whole_ones() -> None:
    lost = [
        float(
            play_coverage(
                *desk([net] * 40, patience=120), Play(replications=100)
            ).result.total.abandonment.mean
        )
        for net in (3.0, 3.5, 4.0)
    ]
    exact = [float(performance(30, 200, agents, patience=120).abandonment) for agents in (3, 4)]
    assert lost[0] == pytest.approx(exact[0], abs=0.01)
    assert lost[1] == pytest.approx(sum(exact) / 2, abs=0.01)
    assert lost[2] == pytest.approx(exact[1], abs=0.01)


def test_calls_that_scatter_as_in_the_history_wait_longer() -> None:
    calm, wild = (
        play_coverage(*desk([5.0] * 20, dispersion=4.0), Play(replications=60, scatter=scatter)).result.total
        for scatter in (False, True)
    )
    assert wild.mean_wait.low > calm.mean_wait.high
    assert wild.offered.half_width > 1.5 * calm.offered.half_width
