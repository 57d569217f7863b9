"""Compare what the same service costs by every way of staffing it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from staffing.queueing import Targets
from staffing.sourcing.case import Case
from staffing.sourcing.comparison import Comparison
from staffing.sourcing.lines import ledger
from staffing.sourcing.quotes import Context, InHouseFacts, Quote, quote
from staffing.sourcing.tariffs import Tariffs


def compare(
    demand: pd.DataFrame,
    targets: Targets,
    tariffs: Tariffs,
    *,
    interval_minutes: int,
    patience_seconds: float,
    in_house: InHouseFacts | None = None,
    currency: str | None = None,
    period: tuple[date, date] | None = None,
) -> Comparison:
    """Size every option to the same target over the horizon and price it.

    Args:
        demand: one row per queue and open interval: `queue`, `interval_start`, `business_date`, `calls`,
            `aht_seconds`, `agents_net`, `agents_gross`, and `days` where a row stands for several days.
        targets: service level, abandonment and average speed of answer are compared; an occupancy target
            concerns one's own people and is not asked of a vendor.
        tariffs: the offers.
        interval_minutes: length of a row's interval.
        patience_seconds: callers' mean patience; infinite is Erlang C.
        in_house: what the roster pays and gives; without it the gross requirement is priced at the mean wage.
        currency: of the plan; must be the tariffs'.
        period: first and last business date that fixed fees are charged for; by default those of `demand`.

    Raises:
        InputError: demand or wages that cannot be used.
        ConfigError: the tariffs are in another currency.
    """
    if currency is not None:
        tariffs.require_currency(currency)
    case = Case.of(
        demand, targets, interval_minutes=interval_minutes, patience_seconds=patience_seconds, period=period
    )
    context = Context(tariffs, in_house)
    quotes = tuple(quote(offer, case, context) for offer in tariffs.every)
    return Comparison(
        lines=ledger(((made.summary.option, made.lines) for made in quotes), tariffs.currency),
        options=tuple(made.summary for made in quotes),
        currency=tariffs.currency,
        intervals=_intervals(quotes),
        lost=ledger(((made.summary.option, made.lost) for made in quotes), tariffs.currency),
        sizes={made.summary.option: made.size for made in quotes},
        lost_calls_counted=tariffs.lost_calls is not None and tariffs.lost_calls.counted,
    )


def _intervals(quotes: Iterable[Quote]) -> pd.DataFrame:
    """Seats and service by option and interval: what a vendor is told, never who sits there."""
    known = [made for made in quotes if not made.intervals.empty]
    frames = [made.intervals.assign(option=made.summary.option) for made in known]
    if not frames:
        return pd.DataFrame()
    joined = pd.concat(frames, ignore_index=True)
    return joined[["option", *(name for name in joined.columns if name != "option")]]
