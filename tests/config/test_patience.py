"""Patience from the history: total waiting time / abandoned calls, and what is said where it does not show it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd
import pytest

from staffing.config import PlanConfig, read_config, site_horizon
from staffing.config.patience import patience_seconds
from staffing.demand.history import History
from staffing.demand.reading import read_history
from staffing.errors import ConfigError
from tests.end_to_end.desk import PLAN


@dataclass(frozen=True)
class Records:
    """The part of a history that patience is read from."""

    frame: pd.DataFrame


def records(waits: list[float], abandoned: list[int]) -> History:
    return cast("History", Records(pd.DataFrame({"wait_seconds": waits, "abandoned": abandoned})))


@pytest.fixture
def config(tmp_path: Path) -> PlanConfig:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN.replace("patience_seconds = 180", 'patience_seconds = "history"'), encoding="utf-8")
    return read_config(file)


def abandonment_only(config: PlanConfig) -> PlanConfig:
    return config.model_copy(update={"targets": config.targets.model_copy(update={"service_level": None})})


def test_waiting_time_over_abandoned_calls(config: PlanConfig) -> None:
    assert patience_seconds(config, records([300.0, 60.0], [2, 1])) == pytest.approx(120)


def test_what_is_set_goes_before_the_history(config: PlanConfig) -> None:
    given = config.model_copy(
        update={"requirement": config.requirement.model_copy(update={"patience_seconds": 90})}
    )
    assert patience_seconds(given, records([300.0], [2])) == 90
    endless = config.model_copy(
        update={"requirement": config.requirement.model_copy(update={"model": "erlang-c"})}
    )
    assert patience_seconds(endless, records([300.0], [2])) == np.inf


def test_nobody_abandoning_is_endless_patience_where_another_target_sizes_the_desk(
    config: PlanConfig,
) -> None:
    assert patience_seconds(config, records([300.0], [0])) == np.inf


@pytest.mark.parametrize(
    ("history", "says"),
    [
        (records([300.0, np.nan], [2, 0]), "no waiting times in 1 of 2 intervals"),
        (records([0.0, 0.0], [2, 0]), "waiting times are all 0"),
        (records([300.0], [0]), "nobody abandoned in the history"),
        (None, r"there is no \[history\]"),
    ],
)
def test_a_history_that_does_not_show_it_says_why(
    config: PlanConfig, history: History | None, says: str
) -> None:
    with pytest.raises(
        ConfigError, match=rf"patience_seconds = \"history\": .*{says}.*give seconds, such as 180"
    ):
        patience_seconds(abandonment_only(config), history)


def test_call_records_give_the_patience_of_the_totals_counted_from_them() -> None:
    bank = Path(__file__).parents[2] / "data" / "anonymous-bank"
    config = read_config(bank / "plan.toml")
    assert config.history is not None
    found = [
        patience_seconds(
            config, read_history(bank / file, site_horizon(config), missing_days=config.history.missing_days)
        )
        for file in ("history.csv", "calls.csv.gz")
    ]
    assert found == pytest.approx([358.12, 358.12], abs=0.01)
