"""What is to be decided: the desk, its target, the months ahead, and the files of prices and measures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from staffing.config import PlanConfig, SourcingTable, closed_dates
from staffing.plan import Plan
from staffing.plan.costing import tariffs_of
from staffing.requirement import Requirement
from staffing.sourcing import Case, Context, DemandShape, Tariffs
from staffing.sourcing.horizon import Season, Uncertainty, Volumes
from staffing.sourcing.measures import Catalogue, Desk, desk_of_case, desk_of_history, load_measures
from staffing.sourcing.measures.desk import Floats
from staffing.sourcing.sensitivity import Situation


@dataclass(frozen=True)
class Question:
    """A plan that was compared, and what its settings say of the months ahead.

    Raises:
        ValueError: the plan has no comparison.
    """

    plan: Plan

    def __post_init__(self) -> None:
        if self.plan.comparison is None:
            raise ValueError("the plan has no comparison of costs: plan it until costs")

    @property
    def config(self) -> PlanConfig:
        """The plan's settings."""
        return self.plan.config

    @property
    def settings(self) -> SourcingTable:
        """Those of `[sourcing]`."""
        return self.config.sourcing

    @property
    def requirement(self) -> Requirement:
        """What the plan requires of each interval."""
        assert self.plan.requirement is not None  # a comparison was made from it
        return self.plan.requirement

    @cached_property
    def tariffs(self) -> Tariffs:
        """The offers."""
        return tariffs_of(self.config)

    @cached_property
    def measures(self) -> Catalogue:
        """The measures."""
        return measures_of(self.config)

    @cached_property
    def case(self) -> Case:
        """The plan's days."""
        needed, horizon = self.requirement, self.plan.horizon
        return Case.of(
            needed.frame,
            needed.targets,
            interval_minutes=needed.interval_minutes,
            patience_seconds=needed.staffing.modelled_patience,
            period=(horizon.start, horizon.end),
        )

    @property
    def first_month(self) -> str:
        """The first month looked at, such as "2027-04"."""
        return self.settings.first_month or f"{self.config.horizon.start:%Y-%m}"

    @cached_property
    def shape(self) -> DemandShape:
        """The desk's typical days; it is closed on the holidays of the months ahead."""
        first = int(self.first_month[:4])
        closed = closed_dates(self.config, first, first + -(-self.settings.months // 12))
        return DemandShape.of(self.case, closed=closed)

    @property
    def calls_a_month(self) -> float:
        """Calls offered in a mean month at the start: the plan's own, less what their months have by the season."""
        if self.season is None:
            return self.case.calls_a_month
        share = np.array([month.share for month in self.case.months])
        factor = self.season.at(tuple(month.name for month in self.case.months))
        return self.case.total_calls / float(share @ factor)

    @property
    def season(self) -> Season | None:
        """How busy each month is; None when all are alike."""
        return Season.of(self.settings.season) if self.settings.season else None

    @cached_property
    def volumes(self) -> Volumes:
        """Calls of each month."""
        given = self.settings
        return Volumes.of(
            self.first_month,
            given.months,
            self.calls_a_month,
            growth=given.growth_per_year,
            season=self.season,
        )

    @cached_property
    def months(self) -> Case:
        """All months ahead in one case, as typical days."""
        frames = [
            self.shape.month(month, calls)
            for month, calls in zip(self.volumes.months, self.volumes.calls, strict=True)
        ]
        first, last = (pd.Period(name, "M") for name in (self.volumes.months[0], self.volumes.months[-1]))
        return Case.of(
            pd.concat(frames, ignore_index=True),
            self.case.targets,
            interval_minutes=self.case.interval_minutes,
            patience_seconds=self.case.patience_seconds,
            period=(first.start_time.date(), last.end_time.date()),
        )

    @cached_property
    def context(self) -> Context:
        """The tariffs around an offer; a roster's wages hold for the plan's own days only."""
        return Context(self.tariffs)

    @property
    def uncertainty(self) -> Uncertainty:
        """How far calls may come otherwise than forecast."""
        given, seed = self.settings, self.config.plan.seed
        return Uncertainty(given.calls_error, given.growth_error, given.month_error, seed=seed)

    @cached_property
    def desk(self) -> Desk:
        """The desk whose lost calls are looked at: as recorded with its agents, else as planned."""
        plan, needed = self.plan, self.requirement
        heads = float(len(plan.roster.problem.agents)) if plan.roster is not None else None
        history = plan.history
        if history is not None and "agents" in history.frame and history.frame["agents"].notna().any():
            patience = needed.staffing.patience_seconds
            return desk_of_history(history, needed.targets, patience_seconds=patience, heads=heads)
        on_contacts = None if plan.roster is None else _scheduled(plan, self.case)
        return desk_of_case(self.case, on_contacts, heads=heads)

    def situation(self, only: tuple[str, ...] = ()) -> Situation:
        """What costs follow from, with every input to be varied; `only` names options, all when empty."""
        given = self.settings
        return Situation(
            self.tariffs,
            self.shape,
            self.calls_a_month,
            self.first_month,
            given.months,
            given.growth_per_year,
            given.discount_rate,
            self.season,
            only,
        )


def measures_of(config: PlanConfig) -> Catalogue:
    """The measures of the settings, in the plan's currency.

    Raises:
        ConfigError: measures that cannot be used.
    """
    file = config.sourcing.measures
    found = load_measures(None if file is None else config.beside(file))
    found.require_currency(config.plan.currency)
    return found


def _scheduled(plan: Plan, case: Case) -> Floats:
    """The roster's people on contacts, in the rows of the case."""
    assert plan.roster is not None
    keys = ["queue", "interval_start"]
    found = case.demand[keys].merge(plan.roster.coverage.frame[[*keys, "scheduled_net"]], on=keys, how="left")
    return found["scheduled_net"].fillna(0.0).to_numpy(dtype=np.float64)
