"""Reading the public shift-scheduling (nurse) instances: sections of comma-separated lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

SATURDAY = 5  # every instance starts on a Monday


@dataclass(frozen=True)
class Shift:
    """A shift: its name, length, and the shifts that may not be worked the day after it."""

    name: str
    minutes: int
    not_followed_by: frozenset[str]


@dataclass(frozen=True)
class Employee:
    """A person and the limits of their contract; `days_off` are day indices."""

    name: str
    max_shifts: dict[str, int]
    max_minutes: int
    min_minutes: int
    max_work_days: int
    min_work_days: int
    min_days_off: int
    max_weekends: int
    days_off: frozenset[int]


@dataclass(frozen=True)
class Request:
    """A shift that a person wants to work, or not to work, on a day; `weight` is the price of denying it."""

    employee: str
    day: int
    shift: str
    weight: int


@dataclass(frozen=True)
class Cover:
    """People required on a shift of a day and the prices of one too few and one too many."""

    day: int
    shift: str
    required: int
    under: int
    over: int


@dataclass(frozen=True)
class Instance:
    """All of an instance."""

    days: int
    shifts: tuple[Shift, ...]
    employees: tuple[Employee, ...]
    on_requests: tuple[Request, ...]
    off_requests: tuple[Request, ...]
    cover: tuple[Cover, ...]

    def __post_init__(self) -> None:
        shifts, names = {shift.name for shift in self.shifts}, {person.name for person in self.employees}
        for asked in (*self.on_requests, *self.off_requests):
            if asked.employee not in names or asked.shift not in shifts or not 0 <= asked.day < self.days:
                raise ValueError(f"request {asked} names somebody, a day or a shift that is not there")
        for cover in self.cover:
            if cover.shift not in shifts or not 0 <= cover.day < self.days:
                raise ValueError(f"cover {cover} names a day or a shift that is not there")

    @property
    def saturdays(self) -> range:
        """The days on which weekends begin."""
        return range(SATURDAY, self.days, 7)


def read_instance(path: Path) -> Instance:
    """Read an instance.

    Raises:
        ValueError: a section is missing or a line cannot be read; names the file.
    """
    sections = _sections(path.read_text(encoding="utf-8"))
    try:
        off = {line[0]: frozenset(int(day) for day in line[1:] if day) for line in sections["DAYS_OFF"]}
        return Instance(
            days=int(sections["HORIZON"][0][0]),
            shifts=tuple(_shift(line) for line in sections["SHIFTS"]),
            employees=tuple(_employee(line, off) for line in sections["STAFF"]),
            on_requests=tuple(_request(line) for line in sections["SHIFT_ON_REQUESTS"]),
            off_requests=tuple(_request(line) for line in sections["SHIFT_OFF_REQUESTS"]),
            cover=tuple(
                Cover(int(day), shift, int(required), int(under), int(over))
                for day, shift, required, under, over in sections["COVER"]
            ),
        )
    except (KeyError, IndexError, ValueError) as fault:
        raise ValueError(f"{path}: not an instance of this family ({fault})") from fault


def _sections(text: str) -> dict[str, list[list[str]]]:
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    name = ""
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("SECTION_"):
            name = line.removeprefix("SECTION_")
            found[name] = []
        elif line and not line.startswith("#"):
            found[name].append([field.strip() for field in line.split(",")])
    return dict(found)


def _shift(line: list[str]) -> Shift:
    barred = line[2] if len(line) > 2 else ""
    return Shift(line[0], int(line[1]), frozenset(name for name in barred.split("|") if name))


def _employee(line: list[str], off: dict[str, frozenset[int]]) -> Employee:
    limits = dict(pair.split("=") for pair in line[1].split("|") if pair)
    return Employee(
        line[0],
        {shift: int(most) for shift, most in limits.items()},
        *(int(figure) for figure in line[2:8]),
        days_off=off.get(line[0], frozenset()),
    )


def _request(line: list[str]) -> Request:
    return Request(line[0], int(line[1]), line[2], int(line[3]))
