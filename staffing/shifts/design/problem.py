"""What shifts are designed for: people required per slot, the shifts that may be offered, prices and limits."""

from __future__ import annotations

from dataclasses import dataclass, field

CLOSED = -1  # stands for the people required in a slot that no shift may touch


@dataclass(frozen=True)
class ShiftType:
    """A family of shifts by ranges of start and length, all in slots, ends included.

    With `break_slots` above 0 each person on such a shift has one break of that length, which starts between
    `break_first` and `break_last` slots after the shift's start; people of one shift may break at different times.
    """

    first_start: int  # slots after the day's begin
    last_start: int
    shortest: int  # slots present, break included
    longest: int
    break_slots: int = 0
    break_first: int = 0
    break_last: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.first_start <= self.last_start:
            raise ValueError(f"shift type: starts must run forward from 0, found {self}")
        if not 1 <= self.shortest <= self.longest:
            raise ValueError(f"shift type: lengths must run forward from 1, found {self}")
        if self.break_slots:
            inside = 1 <= self.break_first <= self.break_last
            if self.break_slots < 0 or not inside or self.break_last + self.break_slots >= self.shortest:
                raise ValueError(f"shift type: the break must lie inside the shortest shift, found {self}")


@dataclass(frozen=True)
class Candidate:
    """One shift that may be offered: a start, a length, and where its break may begin; all in slots."""

    start: int
    length: int
    break_slots: int = 0
    break_first: int = 0
    break_last: int = 0

    @property
    def offsets(self) -> range:
        """Slots after the start at which the break may begin; empty without a break."""
        return range(self.break_first, self.break_last + 1) if self.break_slots else range(0)


@dataclass(frozen=True)
class DesignPrices:
    """Whole prices in any one unit; the day's weight multiplies those of minutes."""

    under_minute: int  # one person missing for a minute
    over_minute: int  # one person too many for a minute
    shift: int  # each distinct shift that anybody works

    def __post_init__(self) -> None:
        if min(self.under_minute, self.over_minute, self.shift) < 0:
            raise ValueError(f"prices must be 0 or more, found {self}")


@dataclass(frozen=True)
class MeanLength:
    """Bounds on the mean length of the duties, in minutes present.

    Where people work `w` minutes a week in `a` to `b` duties, their mean duty lies between w / b and w / a.
    """

    least_minutes: int
    most_minutes: int

    def __post_init__(self) -> None:
        if not 0 <= self.least_minutes <= self.most_minutes:
            raise ValueError(f"the mean length's bounds must run forward from 0, found {self}")


@dataclass(frozen=True)
class DesignLimits:
    """What no answer may exceed; None leaves a matter open."""

    distinct_shifts: int | None = None
    people_at_once: int | None = None
    mean_length: MeanLength | None = None

    def __post_init__(self) -> None:
        for name in ("distinct_shifts", "people_at_once"):
            value = getattr(self, name)
            if value is not None and value < 0:
                raise ValueError(f"{name} must be 0 or more, found {value}")


@dataclass(frozen=True)
class DesignProblem:
    """People required over some days, the shifts that may be offered, prices and limits.

    `required` has a row a day and a column a slot; `CLOSED` marks slots in which nobody may be present. A shift
    starts in its day and may run into the days after. `cyclic`: the last day is followed by the first; else nobody is
    required after the last day, and whoever is still there is too many. `weights`: how often each day counts.
    """

    required: tuple[tuple[int, ...], ...]
    slot_minutes: int
    types: tuple[ShiftType, ...]
    prices: DesignPrices
    cyclic: bool = True
    limits: DesignLimits = DesignLimits()
    weights: tuple[int, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.required or not self.required[0]:
            raise ValueError("a design needs at least one day of at least one slot")
        if len({len(day) for day in self.required}) > 1:
            raise ValueError("all days of a design must have the same number of slots")
        if min(min(day) for day in self.required) < CLOSED:
            raise ValueError(f"people required must be 0 or more, or {CLOSED} for closed")
        if self.slot_minutes < 1:
            raise ValueError(f"slot_minutes must be 1 or more, found {self.slot_minutes}")
        if self.weights and (len(self.weights) != self.days or min(self.weights) < 1):
            raise ValueError(f"weights must be 1 or more and one a day, found {self.weights}")
        slots = self.days * self.slots_a_day
        if any(t.last_start >= self.slots_a_day or t.longest > slots for t in self.types):
            raise ValueError("shift types must start within a day and be no longer than all days together")
        if self.limits.mean_length is not None and not self.prices.over_minute:
            raise ValueError("a bound on the mean length needs a price above 0 for people too many")

    @property
    def days(self) -> int:
        """Days in `required`."""
        return len(self.required)

    @property
    def slots_a_day(self) -> int:
        """Slots in a day."""
        return len(self.required[0])

    def weight(self, day: int) -> int:
        """How often a day counts."""
        return self.weights[day] if self.weights else 1

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every distinct start and length, in order; the first type that names one says what its break is."""
        found: dict[tuple[int, int], Candidate] = {}
        for kind in self.types:
            for start in range(kind.first_start, kind.last_start + 1):
                for length in range(kind.shortest, kind.longest + 1):
                    shift = Candidate(start, length, kind.break_slots, kind.break_first, kind.break_last)
                    found.setdefault((start, length), shift)
        return tuple(found[key] for key in sorted(found))
