"""What people ask for and what is settled already: requests, fixed shifts, and a roster that was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from staffing.roster.roster import Duty


@dataclass(frozen=True)
class Request:
    """A wish for one business date.

    "on": to work the shift; "off": not to work it. `shift` is a template's or a shift's code; None stands for
    any shift. `weight` is what a denied wish costs, in the currency's smallest unit.
    """

    agent_id: str
    day: date
    wants: Literal["on", "off"]
    weight: int
    shift: str | None = None

    def __post_init__(self) -> None:
        if self.weight < 0:
            raise ValueError(f"request of {self.agent_id} on {self.day}: weight must be 0 or more")

    def concerns(self, template: str, code: str) -> bool:
        """Whether a shift with this code, of this template, is meant."""
        return self.shift in (None, template, code)


@dataclass(frozen=True)
class FixedDay:
    """A business date that is settled: the person works this shift (a shift's or a template's code), or is off."""

    agent_id: str
    day: date
    shift: str | None  # None: off


@dataclass(frozen=True)
class Published:
    """The roster people already know, and what it costs to change one person's day in it.

    `days` holds the shift code of each person and business date that was published, None for a day off. A day
    that is not named may be planned freely. `change_price` is in the currency's smallest unit; `by_day` holds the
    prices of dates on which a change costs something else, such as those close at hand.
    """

    days: tuple[tuple[str, date, str | None], ...]
    change_price: int
    by_day: tuple[tuple[date, int], ...] = ()

    def __post_init__(self) -> None:
        for price in (self.change_price, *(price for _, price in self.by_day)):
            if price < 0:
                raise ValueError(f"the price of a change must be 0 or more, found {price}")

    def price(self, day: date) -> int:
        """What it costs to change one person's published day."""
        return dict(self.by_day).get(day, self.change_price)


@dataclass(frozen=True)
class Begun:
    """What has happened: the duties that began before a moment. No other can begin before it.

    They stay in the roster as they are. A rule that they break is kept as far as it still can be.
    """

    until: datetime
    duties: tuple[Duty, ...]

    def __post_init__(self) -> None:
        if self.until.tzinfo is None:
            raise ValueError(f"the moment of a cut needs an offset, found {self.until.isoformat()}")
        late = [duty for duty in self.duties if duty.start >= self.until]
        if late:
            raise ValueError(
                f"the duty of {late[0].agent_id} on {late[0].business_date} begins after {self.until}"
            )
