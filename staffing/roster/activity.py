"""Activities: paid time that people spend off the floor, such as a team meeting or a training."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from staffing.horizon import Horizon, Span
from staffing.labour.clock import minute_of


@dataclass(frozen=True)
class Activity:
    """A meeting or a training that some people are to be given once, inside a shift, beside its breaks.

    Attributes:
        name: unique among the problem's activities.
        minutes: its length; working time, in which nobody takes contacts.
        people: ids of those who are to attend; who is on leave on all its dates is not asked.
        first: the earliest business date; `last` the latest.
        window: minutes of the business date between which it begins and ends.
        together: a meeting: everybody attends at the same time. Else each has it at a time of their own.
        places: how many can attend at any moment; None is any number. A meeting has no places.
        kind: "hard" is kept without exception; "soft": each person left out costs `price`.
        price: of one person left out, in the currency's smallest unit.
        least: "hard": how many must attend, None is everybody. "soft": the fewest with whom a meeting takes place.
        step_minutes: between the starts it may have, from the window's start on; None is the plan's interval.
        settled: who attends it when already: person, business date and start.
    """

    name: str
    minutes: int
    people: frozenset[str]
    first: date
    last: date
    window: Span
    together: bool = False
    places: int | None = None
    kind: Literal["hard", "soft"] = "hard"
    price: int = 0
    least: int | None = None
    step_minutes: int | None = None
    settled: tuple[tuple[str, date, datetime], ...] = ()

    def __post_init__(self) -> None:
        told = f"activity {self.name}: "
        if self.last < self.first:
            raise ValueError(f"{told}it ends {self.last}, before it begins {self.first}")
        if not 1 <= self.minutes <= self.window.end_minute - self.window.start_minute:
            raise ValueError(f"{told}{self.minutes} minutes do not fit into the window {self.window}")
        if self.price < 0 or (self.kind == "soft" and not self.price):
            raise ValueError(f"{told}a price is 0 or more, and above 0 where people may be left out at it")
        if self.kind == "hard" and self.price and self.least is None:
            raise ValueError(f"{told}nobody is left out, so there is no price; give least, or make it soft")
        if self.places is not None and (self.together or self.places < 1):
            raise ValueError(f"{told}places are at least 1, and a meeting has none")
        if self.least is not None and (self.least < 1 or (self.kind == "soft" and not self.together)):
            raise ValueError(f"{told}least is at least 1, and a soft training has none")
        if self.step_minutes is not None and self.step_minutes < 1:
            raise ValueError(f"{told}step_minutes must be at least 1, found {self.step_minutes}")

    def on(self, day: date) -> bool:
        """Whether it may lie on a business date."""
        return self.first <= day <= self.last

    def asks(self, agent_id: str, leave: Container[date]) -> bool:
        """Whether a person with this leave is to attend: there is a date on which they could be at work."""
        days = (self.first + timedelta(days=i) for i in range((self.last - self.first).days + 1))
        return agent_id in self.people and not all(day in leave for day in days)

    def begins(self, horizon: Horizon, day: date) -> tuple[int, ...]:
        """The starts it may have on a business date, minutes since 1970 UTC, ascending."""
        step = self.step_minutes or horizon.interval_minutes
        until = minute_of(horizon.at(day, self.window.end_minute))
        wall = range(self.window.start_minute, self.window.end_minute - self.minutes + 1, step)
        found = sorted({minute_of(horizon.at(day, minute)) for minute in wall})
        return tuple(begin for begin in found if begin + self.minutes <= until)

    def settled_for(self, agent_id: str) -> tuple[date, int] | None:
        """The business date and start, in minutes since 1970 UTC, that are settled for a person."""
        return next(
            ((day, minute_of(start)) for who, day, start in self.settled if who == agent_id),
            None,
        )
