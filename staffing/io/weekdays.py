"""Weekdays as people write them, and the hours of each in which somebody is available."""

from __future__ import annotations

import re

from staffing.horizon import MINUTES_A_DAY, WEEKDAYS, Span

EVERY_DAY = "*"
_JAPANESE = "月火水木金土日"
_NAMES = re.compile(r"^([^\d]*?)\s*((?:\d.*)?)$")
_WHOLE_DAY = Span(0, 2 * MINUTES_A_DAY)  # a shift that runs past midnight lies inside, too

Spans = tuple[Span, ...]


def weekday(text: str) -> str | None:
    """The weekday in English, `EVERY_DAY`, or None when the text is neither."""
    name = text.strip().casefold()
    if name in (EVERY_DAY, "毎日"):
        return EVERY_DAY
    if name[:1] in _JAPANESE and name[1:] in ("", "曜", "曜日") and name:
        return WEEKDAYS[_JAPANESE.index(name[0])]
    return next((day for day in WEEKDAYS if name in (day, day[:3])), None)


def available(text: str) -> tuple[Spans, ...] | None:
    """Read `mon-fri 09:00-15:00; sat` or `月水金 09:00-15:00、17:00-20:00`.

    Parts are separated by `;`: weekdays (one, several, a range, or `*`), then spans separated by commas. Weekdays
    without a span are open the whole day, weekdays not named not at all.

    Returns:
        The spans of each weekday, Monday first; None for an empty cell, which is always.

    Raises:
        ValueError: saying what cannot be read.
    """
    parts = [part for part in (piece.strip() for piece in re.split("[;；]", text)) if part]
    if not parts:
        return None
    found: list[list[Span]] = [[] for _ in WEEKDAYS]
    for part in parts:
        match = _NAMES.match(part)
        days, spans = (match[1], match[2]) if match else (part, "")
        for day in _days(days):
            found[day] += _spans(spans)
    return tuple(tuple(sorted(spans)) for spans in found)


def _days(text: str) -> list[int]:
    """Indices of the weekdays named by one part."""
    days: list[int] = []
    for word in filter(None, re.split(r"[\s,、・]+", text.strip())):
        if len(word) > 1 and all(letter in _JAPANESE for letter in word):
            days += [_JAPANESE.index(letter) for letter in word]
        elif weekday(word) == EVERY_DAY:
            days += range(len(WEEKDAYS))
        else:
            first, _, last = re.sub("[〜～~]", "-", word).partition("-")
            start, end = _day(first), _day(last or first)
            days += [(start + i) % len(WEEKDAYS) for i in range((end - start) % len(WEEKDAYS) + 1)]
    if not days:
        raise ValueError(f"no weekday in {text.strip()!r}")
    return days


def _day(text: str) -> int:
    day = weekday(text)
    if day is None or day == EVERY_DAY:
        raise ValueError(f"no weekday: {text!r}")
    return WEEKDAYS.index(day)


def _spans(text: str) -> list[Span]:
    plain = re.sub("[〜～~]", "-", text).replace("：", ":")
    pieces = list(filter(None, re.split(r"[\s,、]+", re.sub(r"\s*-\s*", "-", plain))))
    return [Span.parse(piece) for piece in pieces] or [_WHOLE_DAY]
