"""The flat plan: one monthly price for up to so many calls and channels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from staffing.errors import SettingFault
from staffing.sourcing.figures import Allowed, Figure, Money, Positive
from staffing.sourcing.tariffs.by_channel import ByChannel
from staffing.sourcing.tariffs.terms import UNSTATED

Beyond = Literal["refused", "overage"]
BEYONDS: tuple[str, ...] = get_args(Beyond)


@dataclass(frozen=True, kw_only=True)
class Flat(ByChannel):
    """`month` for up to `calls` handled calls; those beyond are refused, or taken at `overage` each."""

    month: Positive
    calls: Annotated[Figure, Allowed(above=True, endless=True)]  # per month
    beyond: Beyond
    overage: Money = UNSTATED  # per call

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, an unknown way with the calls beyond, calls beyond for nothing."""
        yield from super().faults()
        if self.beyond not in BEYONDS:
            yield SettingFault("beyond", repr(self.beyond), f"must be one of {', '.join(BEYONDS)}")
        if self.beyond == "overage" and self.overage.value == 0:
            yield SettingFault("overage", "0", "must be above 0 where calls beyond are taken at overage")
