"""What the tables of `plan.toml` have in common: a strict table, and the kinds of values that stand in several."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from staffing.horizon import MINUTES_A_DAY, Span, clock, minute_of_clock


def _is_clock(text: str) -> str:
    if minute_of_clock(text) >= 2 * MINUTES_A_DAY:
        raise ValueError(f"expected a time before {clock(2 * MINUTES_A_DAY)}, found {text!r}")
    return text


def _is_span(text: str) -> str:
    Span.parse(text)
    return text


def _is_file_name(path: Path) -> Path:
    if not path.name:
        raise ValueError(f"expected the name of a file, found {str(path)!r}")
    return path


Clock = Annotated[str, AfterValidator(_is_clock)]
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]
FileName = Annotated[Path, AfterValidator(_is_file_name)]
SpanText = Annotated[str, AfterValidator(_is_span)]
Hours = Annotated[
    tuple[SpanText, ...],
    Field(description='a list such as ["09:00-18:00"]; "22:00-30:00" runs past midnight, [] is closed'),
]
Month = Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
SHARE = "a share above 0 and below 1, such as 0.05 for 5 %"
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Table(BaseModel):
    """A table of the file: no unknown keys, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
