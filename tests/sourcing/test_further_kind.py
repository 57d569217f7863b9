"""A further kind of tariff plugs in by two lines: where its table is read, and how it is sized and billed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import inf

import pandas as pd
import pytest

from staffing.errors import ConfigError
from staffing.notes import Note
from staffing.queueing import Targets
from staffing.sourcing import CostLine, Offered, Size, compare, default_tariffs_text, tariffs_from
from staffing.sourcing.case import Case
from staffing.sourcing.figures import Money
from staffing.sourcing.quotes import make
from staffing.sourcing.quotes.context import Context
from staffing.sourcing.quotes.draft import Draft, Reached
from staffing.sourcing.service import measure
from staffing.sourcing.tariffs import KINDS

EIGHTY = Targets(service_level=0.8)


@dataclass(frozen=True, kw_only=True)
class Half(Offered):
    """Half of what another offer costs, and a fee."""

    of: str
    fee: Money

    @property
    def needs(self) -> tuple[str, ...]:
        """The other offer."""
        return (self.of,)


def draft_half(tariff: Half, case: Case, context: Context) -> Draft:
    other = make.quote(context.tariffs.named(tariff.of), case, context)
    fee = CostLine.of(case.months[0].name, "fee", other.summary.total / 2, "of a price", tariff.fee)
    return Draft(Note.of("half"), Size(channels=1), (fee,), Reached.of(measure(case, 2)))


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "half", Half)  # type: ignore[arg-type]
    monkeypatch.setitem(make._DRAFTS, Half, draft_half)  # type: ignore[arg-type]


def text(of: str) -> str:
    return default_tariffs_text() + f'\n[[half]]\nname = "half"\nof = "{of}"\nfee = 1\n'


@pytest.mark.usefixtures("registered")
def test_a_further_kind_is_read_quoted_and_compared(
    make_demand: Callable[..., pd.DataFrame], may: tuple[date, date]
) -> None:
    tariffs = tariffs_from(tomllib.loads(text("per call")))
    demand = make_demand(1000, EIGHTY)
    found = compare(demand, EIGHTY, tariffs, interval_minutes=60, patience_seconds=inf, period=may)
    totals = {option.option: option.total for option in found.options}
    assert totals["half"] == totals["per call"] / 2
    assert found.sizes["half"] == Size(channels=1)


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize("name", ["nobody", "half"])
def test_an_offer_that_builds_on_no_other_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match=f"half = '{name}': must be the name of another offer: in-house, "):
        tariffs_from(tomllib.loads(text(name)))


def test_an_unregistered_kind_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"half = \[.*: is not a setting"):
        tariffs_from(tomllib.loads(text("per call")))
