"""Figures of a tariff: a number with a label that says what kind of evidence stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf, isfinite
from typing import Annotated, Literal, get_args, get_origin, get_type_hints

from staffing.errors import ConfigError, SettingFault

Label = Literal["source", "law", "example", "plan"]
LABELS: tuple[str, ...] = get_args(Label)


@dataclass(frozen=True)
class Figure:
    """One number of a tariff, in the unit its field names.

    `label` is "source" (published by a vendor or in an article), "law", "example" (a market example, to be
    replaced) or "plan" (the user's own); `where` says where it is from.
    """

    value: float
    label: Label = "plan"
    where: str = ""


@dataclass(frozen=True)
class Allowed:
    """The numbers a figure may take; `endless` lets infinity stand for "no limit"."""

    least: float = 0.0
    most: float = inf
    above: bool = False  # more than `least`, not just `least`
    whole: bool = False
    endless: bool = False

    def accepts(self, value: float) -> bool:
        """Whether the value may be used; NaN never."""
        if value == inf:
            return self.endless
        if not isfinite(value) or (self.whole and value != int(value)):
            return False
        return (value > self.least if self.above else value >= self.least) and value <= self.most

    def __str__(self) -> str:
        kind = "a whole number" if self.whole else "a number"
        low = f"above {self.least:.10g}" if self.above else f"of at least {self.least:.10g}"
        high = "" if self.most == inf else f" and at most {self.most:.10g}"
        return f"must be {kind} {low}{high}{', or inf for no limit' if self.endless else ''}"


Money = Annotated[Figure, Allowed()]  # smallest currency unit
Share = Annotated[Figure, Allowed(most=1)]
Positive = Annotated[Figure, Allowed(above=True)]
Calls = Annotated[Figure, Allowed()]
Hours = Annotated[Figure, Allowed()]
Months = Annotated[Figure, Allowed()]


_KNOWN: dict[type, Mapping[str, Allowed]] = {}


def allowed_figures(kind: type) -> Mapping[str, Allowed]:
    """The figures of a part of a tariff, by field name, with the numbers each may take."""
    if kind not in _KNOWN:
        hints = get_type_hints(kind, include_extras=True)
        annotated = {name: hint for name, hint in hints.items() if get_origin(hint) is Annotated}
        _KNOWN[kind] = {name: hint.__metadata__[0] for name, hint in annotated.items()}
    return _KNOWN[kind]


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A part of a tariff that refuses to exist with a value that cannot be used."""

    def __post_init__(self) -> None:
        faults = tuple(self.faults())
        if faults:
            raise ConfigError(type(self).__name__, faults)

    def faults(self) -> Iterator[SettingFault]:
        """Every value that cannot be used, by its key within this part."""
        for name, allowed in allowed_figures(type(self)).items():
            found: Figure = getattr(self, name)
            if not allowed.accepts(found.value):
                yield SettingFault(name, f"{found.value:.10g}", str(allowed))
            if found.label not in LABELS:
                yield SettingFault(f"{name}.label", repr(found.label), f"must be one of {', '.join(LABELS)}")
