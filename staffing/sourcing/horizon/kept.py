"""What must be kept beyond need: minimum terms, notice and leases turned into cost lines and stranded amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.sourcing.figures import Figure
from staffing.sourcing.horizon.commitments import Commitment, cheapest_path
from staffing.sourcing.horizon.variable import variable_items
from staffing.sourcing.lines import ONCE, CostLine
from staffing.sourcing.tariffs import Consignment, InHouse, Offered, Overflow, Peak, Tariffs

Floats = npt.NDArray[np.float64]
Bill = tuple[CostLine, ...]
_PER_HOUR = ("hour", "paid hour", "booth-hour", "agent-hour", "seat-hour")
_OF_THE_CLIENT = ("liaison with the vendor",)
_TOPS_UP = ("hours paid up to the minimum", "top-up to the floor of a desk")
_LEASED = ("PC leases",)
_OWNED = ("telephone system bought", "telephones bought")
_RENTED = (
    "seats",
    "space",
    "licences",
    "telephone system",
    "telephone lines",
    "telephone system maintenance",
)
_PAY = ("paid hour", "of wages")


@dataclass(frozen=True)
class Kept:
    """`lines` for what is held beyond need; `stranded` is owed if the option is ended at each month's end."""

    lines: Bill
    stranded: Floats


def kept(
    offer: Offered,
    tariffs: Tariffs,
    bills: Sequence[Bill],
    months: Sequence[str],
    open_days: Floats,
    vendors: frozenset[str] = frozenset(),
) -> Kept:
    """Hold every committed item of an option's monthly bills at least cost.

    An item charged by the hour follows the open days of a month; it is held as hours per open day, so that a short
    month is not taken for a smaller desk. What follows the calls is never committed, nor what tops up to a minimum.
    On one's own premises leases are held, and equipment that was bought until it is paid for; a notice in the terms
    of one's own desk is pay that is owed to its people. Where one's own people share the calls with a vendor,
    its items are held under the offer's terms, or the vendor's where none are stated, and the rest as a desk's.

    Args:
        offer: whose terms hold.
        tariffs: the offers around it; how long one's own equipment is leased, or paid for.
        bills: lines of each month, without those paid once.
        months: their names.
        open_days: of each month.
        vendors: items that are a vendor's where one's own people share the calls.
    """
    shared, terms = isinstance(offer, Overflow | Peak), tariffs.terms_of(offer)
    desk = tariffs.in_house.terms if shared else terms
    lines: list[CostLine] = []
    stranded = np.zeros(len(months))
    for item, held in _committed(offer, tariffs, bills, vendors):
        need, price, sample = _path(item, bills, open_days)
        path = cheapest_path(need, price, held)
        stranded += path.stranded
        lines.extend(_beyond(sample, months, (path.held - need) * _scale(sample, open_days)))
    if offer.own:
        pay = [
            sum(line.amount for line in bill if line.unit in _PAY and line.item not in vendors)
            for bill in bills
        ]
        stranded += desk.notice_months.value * np.array(pay)
    stranded += terms.exit_fee.value
    return Kept(tuple(lines), stranded)


def _committed(
    offer: Offered, tariffs: Tariffs, bills: Sequence[Bill], vendors: frozenset[str]
) -> Iterator[tuple[str, Commitment]]:
    """Items that are held for a time, with the time."""
    equipment, stated = tariffs.in_house, tariffs.terms_of(offer)
    shown = {line.item: line for bill in bills for line in bill}
    premises = isinstance(offer, (InHouse, Consignment, Overflow, Peak))
    if premises:
        lease = Commitment(minimum_months=int(equipment.pc_lease_months.value))
        paid_for = Commitment(minimum_months=int(equipment.pbx_horizon_months.value))
        yield from ((item, lease) for item in shown if item in _LEASED)
        yield from ((item, paid_for) for item in shown if item in _OWNED)
    follows = variable_items(offer)
    terms = Commitment(int(stated.minimum_months.value), int(stated.notice_months.value))
    for item, line in shown.items():
        apart = item in (*_OF_THE_CLIENT, *_TOPS_UP) or line.unit == ONCE or item.startswith("bundle of")
        apart = apart or (premises and item in (*_LEASED, *_OWNED, *_RENTED))
        if not ((offer.own and item not in vendors) or apart or follows(item, line.unit)):
            yield item, terms


def _path(item: str, bills: Sequence[Bill], open_days: Floats) -> tuple[Floats, Floats, CostLine]:
    """Quantity and price by month; months without the item at the price of the month before, or the first known."""
    found = [[line for line in bill if line.item == item] for bill in bills]
    sample = next(lines[0] for lines in found if lines)
    price, rate = [], sample.rate
    for lines in found:
        rate = lines[0].rate if lines else rate
        price.append(rate)
    scale = _scale(sample, open_days)
    need = np.array([sum(line.quantity for line in lines) for lines in found]) / scale
    return need, np.array(price) * scale, sample


def _scale(sample: CostLine, open_days: Floats) -> Floats:
    return open_days if sample.unit in _PER_HOUR else np.ones(len(open_days))


def _beyond(sample: CostLine, months: Sequence[str], extra: Floats) -> Iterator[CostLine]:
    for month, quantity in zip(months, extra, strict=True):
        if quantity > 1e-6:
            where = "; ".join(filter(None, (sample.where, "kept under the contract's terms")))
            figure = Figure(sample.rate, sample.source, where)
            yield CostLine.of(month, f"{sample.item}, beyond need", quantity, sample.unit, figure)
