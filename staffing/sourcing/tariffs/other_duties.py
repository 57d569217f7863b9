"""Staff with other duties who take calls beside their work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from staffing.errors import SettingFault
from staffing.sourcing.figures import Allowed, Figure, Positive, Share
from staffing.sourcing.tariffs.offered import Offered


@dataclass(frozen=True, kw_only=True)
class OtherDuties(Offered):
    """Up to `max_people` may be interrupted at once; each call costs its handling time and the way back into work.

    A call of `call_minutes` interrupts for `disruption_minutes` in all; so every call costs its own handling time
    and the difference of the two.
    """

    own: ClassVar[bool] = True

    wage_hour: Positive
    social_insurance: Share  # employer's part, share of wages
    disruption_minutes: Positive  # per call, the call included
    call_minutes: Positive  # the part of it that the call itself takes
    max_people: Annotated[Figure, Allowed(least=1, whole=True)]  # who may be interrupted at once

    @property
    def return_minutes(self) -> float:
        """Minutes until a person is back in the work, after the call."""
        return self.disruption_minutes.value - self.call_minutes.value

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, a call longer than the disruption it is part of."""
        yield from super().faults()
        if self.return_minutes < 0:
            allowed = f"must not lie below call_minutes = {self.call_minutes.value:.10g}"
            yield SettingFault("disruption_minutes", f"{self.disruption_minutes.value:.10g}", allowed)
