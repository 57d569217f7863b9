"""The quote of any offer: its kind sizes it to the target and bills it, the rest is the same for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from staffing.sourcing.case import Case
from staffing.sourcing.quotes.bundle import draft_bundle
from staffing.sourcing.quotes.consignment import draft_consignment
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft
from staffing.sourcing.quotes.finish import finish
from staffing.sourcing.quotes.flat import draft_flat
from staffing.sourcing.quotes.hidden import work_of
from staffing.sourcing.quotes.hourly import draft_hourly
from staffing.sourcing.quotes.in_house import draft_in_house
from staffing.sourcing.quotes.other_duties import draft_other_duties
from staffing.sourcing.quotes.overflow import draft_overflow
from staffing.sourcing.quotes.peak import draft_peak
from staffing.sourcing.quotes.per_booth import draft_per_booth
from staffing.sourcing.quotes.per_call import draft_per_call
from staffing.sourcing.quotes.result import Quote
from staffing.sourcing.tariffs import (
    Bundle,
    Consignment,
    Flat,
    Hourly,
    InHouse,
    Offered,
    OtherDuties,
    Overflow,
    Peak,
    PerBooth,
    PerCall,
)


def quote(offer: Offered, case: Case, context: Context) -> Quote:
    """Size an offer to the case's target, price it, and say what it reaches.

    Args:
        offer: any kind of tariff; it need not be one of the context's.
        case: one month or more.
        context: the tariffs around it, and what a roster pays and gives.

    Raises:
        InputError: the roster's wages do not fit the months of the case.
    """
    return finish(_draft(offer, work_of(case, offer.hidden), context), offer, case, context)


def _draft(offer: Offered, work: Case, context: Context) -> Draft:
    return _DRAFTS[type(offer)](offer, work, context)


def _draft_peak(offer: Peak, work: Case, context: Context) -> Draft:
    return draft_peak(offer, work, context, _draft)


# Each takes an offer of its kind, the work the offer has to do, and the context.
_DRAFTS: Mapping[type[Offered], Callable[[Any, Case, Context], Draft]] = {
    InHouse: draft_in_house,
    OtherDuties: draft_other_duties,
    PerCall: draft_per_call,
    Bundle: draft_bundle,
    Flat: draft_flat,
    PerBooth: draft_per_booth,
    Hourly: draft_hourly,
    Consignment: draft_consignment,
    Overflow: draft_overflow,
    Peak: _draft_peak,
}
