"""How long callers are willing to wait: as the settings say, or as the history shows."""

from __future__ import annotations

import math

from staffing.config.schema import PlanConfig
from staffing.demand.history import History
from staffing.errors import ConfigError, SettingFault
from staffing.queueing import estimate_patience


def patience_seconds(config: PlanConfig, history: History | None) -> float:
    """Mean patience in seconds, as set or from the history: total waiting time / abandoned calls.

    Raises:
        ConfigError: a history that does not show it.
    """
    given = config.requirement.patience_seconds
    if given != "history":
        return float(given)
    if config.requirement.model == "erlang-c":
        return math.inf
    if history is None:
        raise _unknown(config, "there is no [history]: give seconds, such as 180")
    waits = history.frame["wait_seconds"]
    if waits.isna().any():
        raise _unknown(
            config,
            f"the history holds no waiting times in {waits.isna().sum()} of {len(waits)} intervals "
            "(wait_answered_seconds, wait_abandoned_seconds); give seconds, such as 180",
        )
    patience = float(estimate_patience(waits.sum(), history.frame["abandoned"].sum()).seconds)
    if patience == 0:
        raise _unknown(config, "the history's waiting times are all 0; give seconds, such as 180")
    targets = config.targets
    if math.isinf(patience) and not (targets.service_level or targets.asa_seconds or targets.occupancy):
        raise _unknown(
            config,
            "nobody abandoned in the history, and a target for abandonment alone then asks for nothing; "
            "give seconds, such as 180, or another target",
        )
    return patience


def _unknown(config: PlanConfig, reason: str) -> ConfigError:
    return ConfigError(config.file.name, [SettingFault("requirement.patience_seconds", '"history"', reason)])
