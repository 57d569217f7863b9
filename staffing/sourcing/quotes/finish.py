"""From a draft to a quote: hidden costs, the desk's requirements, the price of lost calls, remarks."""

from __future__ import annotations

from collections.abc import Iterator

from staffing.notes import Note
from staffing.sourcing.case import Case
from staffing.sourcing.comparison import OptionService
from staffing.sourcing.lines import ONCE, total
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft, Reached
from staffing.sourcing.quotes.hidden import hidden_lines
from staffing.sourcing.quotes.lost import lost_lines
from staffing.sourcing.quotes.result import Quote
from staffing.sourcing.tariffs import Offered, Terms


def finish(draft: Draft, offer: Offered, case: Case, context: Context) -> Quote:
    """The quote of a draft; with any obstacle, or a target missed, it does not meet the target."""
    reached = draft.reached
    bill = (*draft.lines, *hidden_lines(offer.hidden, case, reached))
    prices = context.tariffs.lost_calls
    lost = () if prices is None else tuple(lost_lines(prices, reached))
    outside = _outside(offer, case)
    filters = () if offer.own else tuple(context.tariffs.requirements.obstacles(offer.abilities, outside))
    against = (*filters, *draft.obstacles, *reached.misses)
    terms = context.tariffs.terms_of(offer)
    one_off = total(line for line in bill if line.unit == ONCE)
    summary = OptionService(
        option=offer.name,
        capacity=draft.capacity,
        abandonment=reached.abandonment,
        service_level=reached.service_level,
        handled_calls=case.total_calls * (1 - reached.abandonment),
        total=total(bill),
        meets_target=not against,
        notes=(
            *against,
            *draft.notes,
            *_remarks(case, reached, outside, one_off),
            *_terms(terms),
        ),
        asa_seconds=reached.asa_seconds,
        one_off=one_off,
        intervals_open=reached.intervals_open,
        intervals_missing=reached.intervals_missing,
        obstacles=against,
        lost_calls_cost=None if prices is None else total(lost),
    )
    return Quote(summary, bill, reached.table, draft.size, lost, draft.vendors)


def _outside(offer: Offered, case: Case) -> float:
    """Calls in intervals that the offer's hours do not cover."""
    covered = offer.covers(case.starts, case.interval_minutes)
    return float((case.calls * case.days)[~covered].sum())


def _terms(terms: Terms) -> Iterator[Note]:
    lead, notice, least = (
        figure.value for figure in (terms.lead_months, terms.notice_months, terms.minimum_months)
    )
    if lead or notice or least:
        text = "Months until it begins: {lead}; of notice: {notice}; at least: {least}"
        yield Note.of(text, lead=f"{lead:g}", notice=f"{notice:g}", least=f"{least:g}")


def _remarks(case: Case, reached: Reached, outside: float, one_off: int) -> Iterator[Note]:
    if outside:
        share = f"{100 * outside / case.total_calls:.1f}"
        yield Note.of("{share} % of calls fall outside the hours offered and are lost", share=share)
    if reached.intervals_missing and not reached.misses:
        yield Note.of(
            "The target is reached over the whole period; {missing} of {intervals} intervals miss it by themselves",
            missing=reached.intervals_missing,
            intervals=reached.intervals_open,
        )
    if one_off:
        yield Note.of("{amount} of the total is paid once, at the start", amount=f"{one_off:,}")
