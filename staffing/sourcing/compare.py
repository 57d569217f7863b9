"""Compare what the same service costs by every way of staffing it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from staffing.queueing import Targets
from staffing.sourcing.case import Case
from staffing.sourcing.comparison import Comparison
from staffing.sourcing.in_house import InHouseFacts, quote_in_house
from staffing.sourcing.lines import ledger
from staffing.sourcing.per_booth import quote_per_booth
from staffing.sourcing.per_call import quote_per_call
from staffing.sourcing.quote import Quote
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
            `aht_seconds`, `agents_net`, `agents_gross`.
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
    quotes = (
        quote_in_house(tariffs.in_house, case, in_house),
        *(quote_per_call(offer, case) for offer in tariffs.per_call),
        *(quote_per_booth(offer, case) for offer in tariffs.per_booth),
    )
    return Comparison(
        lines=ledger(((quote.summary.option, quote.lines) for quote in quotes), tariffs.currency),
        options=tuple(quote.summary for quote in quotes),
        currency=tariffs.currency,
        intervals=_intervals(quotes),
    )


def _intervals(quotes: Iterable[Quote]) -> pd.DataFrame:
    """Seats and service by option and interval: what a vendor is told, never who sits there."""
    known = [quote for quote in quotes if not quote.intervals.empty]
    frames = [quote.intervals.assign(option=quote.summary.option) for quote in known]
    if not frames:
        return pd.DataFrame()
    joined = pd.concat(frames, ignore_index=True)
    return joined[["option", *(name for name in joined.columns if name != "option")]]
