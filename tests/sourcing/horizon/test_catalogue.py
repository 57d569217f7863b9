"""The lines of the catalogue's offers: which carry tax, and which are held under a lease or a contract."""

from __future__ import annotations

from dataclasses import replace

import pytest

from staffing.queueing import Targets
from staffing.sourcing import Context, DemandShape, Figure, Quote, Tariffs, load_tariffs, quote
from staffing.sourcing.horizon import load_tax, project


@pytest.fixture(scope="module")
def catalogue() -> Tariffs:
    return load_tariffs()


@pytest.fixture(scope="module")
def quotes(catalogue: Tariffs) -> tuple[Quote, ...]:
    """1,200 calls of a month, a new desk, calls handled the slower for new people."""
    own = replace(catalogue.in_house, aht_includes_new=False)
    context = Context(replace(catalogue, in_house=own), new_desk=True)
    case = DemandShape.even(Targets(service_level=0.8), shrinkage=0.3).case("2027-05", 1200)
    return tuple(quote(offer, case, context) for offer in (own, *catalogue.offers))


def test_untaxed_lines_are_pay_and_social_insurance(quotes: tuple[Quote, ...]) -> None:
    tax = load_tax()
    untaxed = {
        line.item for made in quotes for line in made.lines if not tax.applies(made.summary.option, line.item)
    }
    assert untaxed == {
        "wages",
        "slower new people",
        "training of new people",
        "training at the start",
        "supervisors",
        "employer's social insurance",
        "work interrupted by calls",
        "liaison with the vendor",
        "escalations to one's own people",
    }
    for made in quotes[1:]:
        if made.summary.option.startswith(("per booth", "hourly")):
            assert tax.applies(made.summary.option, "training")


def test_all_that_terms_bind_is_owed_after_the_first_month(catalogue: Tariffs) -> None:
    """A year's minimum: eleven months of booths, management and, with 36 months of lease, 35 of each PC."""
    shape = DemandShape.even(Targets(service_level=0.8), shrinkage=0.3)
    booths = catalogue.per_booth[0]
    own = replace(catalogue.in_house, terms=replace(catalogue.in_house.terms, notice_months=Figure(0)))
    found = project([own, booths], shape, Context(catalogue), start="2027-04", months=36, calls=1200)
    first = found.sizes.groupby("option")["stranded"].first()
    bills = found.flow.table("per booth")
    bound = [name for name in bills.columns if name.startswith(("booths", "management"))]
    assert first["per booth"] == pytest.approx(bills[bound].iloc[1:12].to_numpy().sum(), rel=1e-6)
    desk = found.flow.table("in-house")
    leased = [
        name for name in desk.columns if name in ("PC leases", "telephone system bought", "telephones bought")
    ]
    assert "PC leases" in leased
    assert first["in-house"] == pytest.approx(desk[leased].iloc[1:].to_numpy().sum(), rel=1e-6)
    assert found.sizes.groupby("option")["stranded"].last()["in-house"] == 0
