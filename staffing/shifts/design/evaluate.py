"""An answer judged minute by minute: cover, cost and limits recomputed from the shifts alone.

Nothing of the model or the search is used here, so that one mistake cannot pass both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from staffing.shifts.design.problem import DesignProblem
from staffing.shifts.design.result import UsedShift


@dataclass(frozen=True)
class Evaluation:
    """What an answer costs and where it breaks the problem's rules.

    Minutes are person-minutes, each day's multiplied by its weight. `faults` is empty for an admissible answer.
    """

    objective: int
    under_minutes: int
    over_minutes: int
    distinct_shifts: int
    duties: int
    worked_minutes: int
    faults: tuple[str, ...]


def evaluate(problem: DesignProblem, shifts: Sequence[UsedShift]) -> Evaluation:
    """Count everybody in every slot, and compare with what is required."""
    floor: Counter[tuple[int, int]] = Counter()  # (day, slot) -> people at work
    touched: set[tuple[int, int]] = set()
    worked = 0
    for shift in shifts:
        for day, offset, people, at_work in _presence(problem, shift):
            place = _place(problem, day, shift.start + offset)
            floor[place] += people * at_work
            worked += people * at_work * problem.weight(day)
            touched.add(place)
    under = over = 0
    for day in range(problem.days + (0 if problem.cyclic else 1 + _reach(shifts) // problem.slots_a_day)):
        for slot in range(problem.slots_a_day):
            required, weight = _required(problem, day, slot)
            missing = required - floor[day, slot]
            under += max(missing, 0) * weight
            over += max(-missing, 0) * weight
    step = problem.slot_minutes
    used = {(shift.start, shift.length) for shift in shifts if any(shift.people)}
    prices = problem.prices
    cost = step * (under * prices.under_minute + over * prices.over_minute) + len(used) * prices.shift
    faults = [*_shift_faults(problem, shifts), *_floor_faults(problem, floor, touched)]
    faults += _limit_faults(problem, shifts, len(used))
    duties = sum(
        sum(n * problem.weight(day) for day, n in enumerate(s.people[: problem.days])) for s in shifts
    )
    return Evaluation(cost, under * step, over * step, len(used), duties, worked * step, tuple(faults))


def _presence(problem: DesignProblem, shift: UsedShift) -> Iterator[tuple[int, int, int, int]]:
    """Day, slots after the start, people, and 1 when they work or 0 when they break."""
    broken = [(b.day, b.offset, b.people) for b in shift.breaks]
    length_of_break = _break_slots(problem, shift)
    for day, people in enumerate(shift.people[: problem.days]):
        away = Counter[int]()
        for when, offset, count in broken:
            if when == day:
                away.update(dict.fromkeys(range(offset, offset + length_of_break), count))
        for offset in range(shift.length):
            if people:
                yield day, offset, people - away[offset], 1
                yield day, offset, away[offset], 0


def _break_slots(problem: DesignProblem, shift: UsedShift) -> int:
    kinds = [kind for kind in problem.types if _fits(kind.first_start, kind.last_start, shift.start)]
    kinds = [kind for kind in kinds if _fits(kind.shortest, kind.longest, shift.length)]
    return kinds[0].break_slots if kinds else 0


def _fits(low: int, high: int, value: int) -> bool:
    return low <= value <= high


def _place(problem: DesignProblem, day: int, slot: int) -> tuple[int, int]:
    day, slot = day + slot // problem.slots_a_day, slot % problem.slots_a_day
    return (day % problem.days if problem.cyclic else day), slot


def _reach(shifts: Sequence[UsedShift]) -> int:
    return max((shift.start + shift.length for shift in shifts), default=0)


def _required(problem: DesignProblem, day: int, slot: int) -> tuple[int, int]:
    if day >= problem.days:  # after the end: nobody is wanted, at the price of the last day
        return 0, problem.weight(problem.days - 1)
    return max(problem.required[day][slot], 0), problem.weight(day)


def _shift_faults(problem: DesignProblem, shifts: Sequence[UsedShift]) -> Iterator[str]:
    for shift in shifts:
        name = f"shift of {shift.length} slots from {shift.start}"
        if len(shift.people) != problem.days or min(shift.people) < 0:
            yield f"{name}: people must be 0 or more and given for {problem.days} days"
        kinds = [k for k in problem.types if _fits(k.first_start, k.last_start, shift.start)]
        kinds = [k for k in kinds if _fits(k.shortest, k.longest, shift.length)]
        if not kinds:
            yield f"{name}: no shift type allows it"
            continue
        kind = kinds[0]
        if any(not _fits(kind.break_first, kind.break_last, b.offset) or b.people < 0 for b in shift.breaks):
            yield f"{name}: a break begins outside {kind.break_first} to {kind.break_last} slots after the start"
        for day, people in enumerate(shift.people[: problem.days]):
            given = sum(b.people for b in shift.breaks if b.day == day)
            if given != (people if kind.break_slots else 0):
                yield f"{name}, day {day}: {given} breaks for {people} people"


def _floor_faults(
    problem: DesignProblem, floor: Counter[tuple[int, int]], touched: set[tuple[int, int]]
) -> Iterator[str]:
    most = problem.limits.people_at_once
    for (day, slot), people in sorted(floor.items()):
        if day < problem.days and problem.required[day][slot] < 0 and (day, slot) in touched:
            yield f"day {day}, slot {slot}: somebody is present while closed"
        if most is not None and people > most:
            yield f"day {day}, slot {slot}: {people} people at work, at most {most} allowed"


def _limit_faults(problem: DesignProblem, shifts: Sequence[UsedShift], used: int) -> Iterator[str]:
    limits = problem.limits
    if limits.distinct_shifts is not None and used > limits.distinct_shifts:
        yield f"{used} distinct shifts, at most {limits.distinct_shifts} allowed"
    mean = limits.mean_length
    counts = [
        (sum(n * problem.weight(d) for d, n in enumerate(s.people[: problem.days])), s.length) for s in shifts
    ]
    duties = sum(count for count, _ in counts)
    minutes = sum(count * length for count, length in counts) * problem.slot_minutes
    if mean is not None and not mean.least_minutes * duties <= minutes <= mean.most_minutes * duties:
        yield (
            f"{duties} duties of {minutes} minutes in all, on average {mean.least_minutes} to"
            f" {mean.most_minutes} allowed"
        )
