"""Times: local, with offsets, in UTC; two zones in one file, and local times that clocks repeat or skip."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from staffing.demand import read_history
from staffing.errors import InputError
from staffing.horizon import Horizon
from staffing.io.moments import moments
from staffing.io.reading import Table

Desk = Callable[..., Horizon]
File = Callable[..., Path]
ZURICH = "Europe/Zurich"  # clocks go forward on 2027-03-28 at 02:00 and back on 2027-10-31 at 03:00


def rows(*starts: str) -> list[str]:
    return [f"{start},2,2,0,100" for start in starts]


def faults(path: Path, horizon: Horizon) -> list[tuple[int | None, str, str]]:
    with pytest.raises(InputError) as caught:
        read_history(path, horizon)
    return [(fault.row, fault.found, fault.expected) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "starts",
    [
        ("2027-06-01 09:00", "2027-06-01 10:00", "2027-06-01 11:00"),
        ("2027/6/1 9:00", "2027/6/1 10:00", "2027/6/1 11:00"),
        ("2027年6月1日 9:00", "2027年6月1日 10時00分", "２０２７/６/１　１１：００"),
        ("2027-06-01T09:00+09:00", "2027-06-01T10:00:00+0900", "2027-06-01T11:00:00.000+09:00"),
        ("2027-06-01T00:00Z", "2027-06-01t01:00:00z", "2027-06-01 02:00:00 Z"),
        ("2027-05-31T20:00-04:00", "2027-05-31T21:00-04:00", "2027-05-31T22:00-04:00"),
    ],
)
def test_every_form_gives_the_same_moments(desk: Desk, file: File, starts: tuple[str, ...]) -> None:
    history = read_history(file(*rows(*starts)), desk())
    hours = [moment.isoformat() for moment in history.frame["interval_start"]]
    assert hours == [f"2027-06-01T{hour}:00:00+09:00" for hour in ("09", "10", "11")]


def test_a_file_of_another_offset_says_so(desk: Desk, file: File) -> None:
    path = file(*rows("2027-06-01T00:00Z", "2027-06-01T01:00Z", "2027-06-01T02:00Z"))
    assert str(read_history(path, desk()).notes[0]) == (
        "All times carry the offset +00:00; they are shown in Asia/Tokyo"
    )
    local = file(*rows(*(f"2027-06-01T{hour}:00+09:00" for hour in ("09", "10", "11"))))
    assert not [note for note in read_history(local, desk()).notes if "offset" in str(note)]


def test_utc_taken_for_local_time_shows_as_calls_outside_the_opening_hours(desk: Desk, file: File) -> None:
    path = file(*rows("2027-06-01T09:00Z", "2027-06-01T10:00Z", "2027-06-01T11:00Z"))
    assert faults(path, desk()) == [(None, "no row in the opening hours", "rows in the opening hours")]


def test_times_with_and_without_offset_do_not_mix(desk: Desk, file: File) -> None:
    path = file(*rows("2027-06-01 09:00", "2027-06-01T10:00+09:00", "2027-06-01 11:00", "2027-06-01T12:00Z"))
    expected = "no offset, as in '2027-06-01 09:00': one time zone in a file"
    assert faults(path, desk()) == [
        (3, "'2027-06-01T10:00+09:00'", expected),
        (5, "'2027-06-01T12:00Z'", expected),
    ]


def test_offsets_of_two_zones_do_not_mix(desk: Desk, file: File) -> None:
    path = file(*rows("2027-06-01T09:00+09:00", "2027-06-01T10:00+09:00", "2027-06-01T02:00Z"))
    expected = "one offset in all rows, or that of Asia/Tokyo at the time: one time zone in a file"
    assert faults(path, desk()) == [(4, "'2027-06-01T02:00Z'", expected)]


def test_offsets_that_the_zone_explains_do_mix(desk: Desk, file: File) -> None:
    """The Sunday of the change, and the day after: +01:00, then +02:00."""
    days = [("2027-03-27", "+01:00"), ("2027-03-28", "+02:00"), ("2027-03-29", "+02:00")]
    starts = [f"{day}T{hour}:00{offset}" for day, offset in days for hour in ("09", "10", "11")]
    assert read_history(file(*rows(*starts)), desk(zone=ZURICH)).frame["slot"].tolist() == [540, 600, 660] * 3
    wrong = [start.replace("28T10:00+02:00", "28T10:00+01:00") for start in starts]
    assert [row for row, *_ in faults(file(*rows(*wrong)), desk(zone=ZURICH))] == [6]


def test_a_local_time_that_exists_twice_is_a_fault(desk: Desk, file: File) -> None:
    starts = [f"2027-10-31 {hour:02d}:00" for hour in range(24)]
    path = file(*rows(*starts))
    expected = "a time with its offset (clocks go back here, so this local time exists twice)"
    assert faults(path, desk("00:00-24:00", zone=ZURICH)) == [(4, "'2027-10-31 02:00'", expected)]


def test_a_local_time_that_exists_twice_does_not_matter_while_the_desk_is_closed(
    desk: Desk, file: File
) -> None:
    starts = [
        f"2027-10-31 {hour}" for hour in ("01:00", "02:00", "02:00", "03:00", "09:00", "10:00", "11:00")
    ]
    history = read_history(file(*rows(*starts)), desk(zone=ZURICH))
    assert history.frame["offered"].tolist() == [2, 2, 2]
    assert str(history.notes[-1]) == "8 calls in 4 rows outside the opening hours were left out"


def test_the_doubled_hour_is_read_when_times_carry_their_offset(desk: Desk, file: File) -> None:
    starts = [f"2027-10-31T{hour:02d}:00+0{2 if hour < 3 else 1}:00" for hour in range(24)]
    starts.insert(3, "2027-10-31T02:00+01:00")
    frame = read_history(file(*rows(*starts)), desk("00:00-24:00", zone=ZURICH)).frame
    assert len(frame) == 25
    assert frame["slot"].tolist()[:5] == [0, 60, 120, 120, 180]


def test_a_local_time_that_clocks_skip_is_a_fault(desk: Desk, file: File) -> None:
    path = file(*rows("2027-03-28 01:00", "2027-03-28 02:00", "2027-03-28 03:00"))
    expected = "a time that exists: clocks in Europe/Zurich skip this one"
    assert faults(path, desk("00:00-24:00", zone=ZURICH)) == [(3, "'2027-03-28 02:00'", expected)]


@pytest.mark.parametrize("offset", ["+25:00", "-15:00", "+09:60", "+9", "JST"])
def test_offsets_that_no_place_has_are_unreadable(desk: Desk, file: File, offset: str) -> None:
    path = file(*rows(f"2027-06-01T09:00{offset}"))
    assert faults(path, desk())[0][2] == "a date and time such as 2027-02-01 09:00"


def one_cell(text: str) -> Table:
    frame = pd.DataFrame({"interval_start": pd.Series([text], dtype="str", index=[2])})
    return Table("x.csv", "", frame, {"interval_start": "interval_start"}, ())


@given(
    day=st.dates(date(1990, 1, 1), date(2037, 12, 31)),
    clock=st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    zone=st.sampled_from(["Asia/Tokyo", ZURICH, "Asia/Jerusalem", "America/New_York", "Australia/Lord_Howe"]),
)
@example(day=date(2027, 10, 31), clock=time(2, 30), zone=ZURICH)
@example(day=date(2027, 3, 28), clock=time(2, 30), zone=ZURICH)
@example(day=date(2027, 4, 4), clock=time(1, 45), zone="Australia/Lord_Howe")
def test_local_time_and_time_with_offset_are_the_same_moment(day: date, clock: time, zone: str) -> None:
    """Where a local time exists once, it names the same moment with and without its offset; else it is told."""
    early = datetime.combine(day, clock, ZoneInfo(zone))
    late = early.replace(fold=1)
    exists = early.astimezone(UTC).astimezone(early.tzinfo).strftime("%H%M") == early.strftime("%H%M")
    table = one_cell(early.strftime("%Y-%m-%d %H:%M"))
    found = table.faults()
    stamps = moments(table, "interval_start", ZoneInfo(zone), found)
    if not exists:
        with pytest.raises(InputError, match="skip this one"):
            found.check()
        return
    found.check()
    assert (stamps.utc[0] != stamps.late[0]) == (early.utcoffset() != late.utcoffset())
    assert stamps.utc[0] == pd.Timestamp(early.astimezone(UTC)).tz_localize(None)
    assert stamps.late[0] == pd.Timestamp(late.astimezone(UTC)).tz_localize(None)
    again = one_cell(early.isoformat())
    assert moments(again, "interval_start", ZoneInfo(zone), again.faults()).utc[0] == stamps.utc[0]
