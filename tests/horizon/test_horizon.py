"""The interval grid: opening hours, time zones, clock changes and business dates."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.horizon import Horizon, OpeningHours, Span, clock, minute_of_clock

DAY = timedelta(days=1)
MONDAY = date(2027, 2, 1)
JERUSALEM, NEW_YORK, TOKYO = "Asia/Jerusalem", "America/New_York", "Asia/Tokyo"
# Three zones with a change at 02:00, one at midnight, one of half an hour, and one without any.
ZONES = (TOKYO, JERUSALEM, NEW_YORK, "Europe/Zurich", "America/Sao_Paulo", "Australia/Lord_Howe")


def hours(*spans: str) -> OpeningHours:
    """The same spans on all seven days."""
    return OpeningHours((tuple(Span.parse(text) for text in spans),) * 7)


def desk(
    opening: OpeningHours, start: date, end: date | None = None, zone: str = TOKYO, step: int = 30
) -> Horizon:
    return Horizon(start, end or start, zone, step, opening)


def walls(horizon: Horizon) -> list[str]:
    """The grid's starts as wall clock with offset."""
    return [moment.strftime("%d %H:%M%z") for moment in horizon.grid()["interval_start"]]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("09:00-18:00", 540, 1080),
        ("9:00-18:00", 540, 1080),
        (" 07:00 - 24:00 ", 420, 1440),
        ("22:00-26:00", 1320, 1560),
        ("00:00-48:00", 0, 2880),
        ("23:59-24:00", 1439, 1440),
    ],
)
def test_spans_are_read(text: str, start: int, end: int) -> None:
    assert Span.parse(text) == Span(start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "09:00",
        "09:00-",
        "9-18",
        "09.00-18.00",
        "09:00-18:60",
        "09:00–18:00",
        "-1:00-02:00",
        "09:00-18:00 JST",
    ],
)
def test_a_span_in_another_form_is_refused_by_its_text(text: str) -> None:
    with pytest.raises(ValueError, match="expected opening hours like") as caught:
        Span.parse(text)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize("text", ["18:00-09:00", "09:00-09:00", "00:00-48:01", "22:00-02:00", "50:00-51:00"])
def test_a_span_that_runs_back_or_beyond_two_days_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must run forward within 00:00-48:00"):
        Span.parse(text)


@given(st.integers(0, 2879), st.integers(1, 2880))
def test_a_spans_text_reads_back(start: int, length: int) -> None:
    span = Span(start, min(2880, start + length))
    assert Span.parse(str(span)) == span


@given(st.integers(0, 2880))
def test_a_clock_reads_back(minute: int) -> None:
    assert minute_of_clock(clock(minute)) == minute


@pytest.mark.parametrize("text", ["", "9", "09:60", "9:5", "24h", "-1:00", "12：00"])
def test_a_clock_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a time like"):
        minute_of_clock(text)


def test_opening_hours_need_seven_days() -> None:
    with pytest.raises(ValueError, match="seven days, Monday first, found 6"):
        OpeningHours(((),) * 6)


@pytest.mark.parametrize("spans", [("09:00-12:00", "11:59-18:00"), ("13:00-18:00", "09:00-12:00")])
def test_spans_of_a_day_that_overlap_or_lie_out_of_order_are_refused(spans: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="overlap or are out of order"):
        hours(*spans)
    with pytest.raises(ValueError, match="overlap or are out of order"):
        OpeningHours(((),) * 7, {MONDAY: tuple(Span.parse(text) for text in spans)})


def test_spans_of_a_day_may_touch() -> None:
    assert len(desk(hours("09:00-12:00", "12:00-13:00"), MONDAY).grid()) == 8


def test_an_exception_replaces_its_day_alone() -> None:
    opening = OpeningHours(hours("09:00-10:00").weekly, {MONDAY: (Span(600, 660),), MONDAY + DAY: ()})
    assert walls(desk(opening, MONDAY, MONDAY + 2 * DAY)) == [
        "01 10:00+0900",
        "01 10:30+0900",
        "03 09:00+0900",
        "03 09:30+0900",
    ]


def test_closing_days_leaves_dates_with_hours_of_their_own_open() -> None:
    opening = OpeningHours(hours("09:00-10:00").weekly, {MONDAY: (Span(600, 660),)})
    closed = opening.closing([MONDAY, MONDAY + DAY])
    assert closed.spans(MONDAY) == (Span(600, 660),)
    assert closed.spans(MONDAY + DAY) == ()
    assert closed.spans(MONDAY + 2 * DAY) == (Span(540, 600),)


def test_closed_days_have_no_rows_and_a_closed_horizon_an_empty_grid_of_the_same_types() -> None:
    empty, full = desk(OpeningHours(((),) * 7), MONDAY).grid(), desk(hours("09:00-10:00"), MONDAY).grid()
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


@pytest.mark.parametrize("step", [0, 7, 25, 45, 90, -30])
def test_interval_lengths_off_the_list_are_refused(step: int) -> None:
    with pytest.raises(ValueError, match="interval_minutes must be"):
        desk(hours("09:00-10:00"), MONDAY, step=step)


def test_a_horizon_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends 2027-01-31 before it starts 2027-02-01"):
        desk(hours("09:00-10:00"), MONDAY, MONDAY - DAY)


def test_days_include_both_ends_and_closed_ones() -> None:
    horizon = desk(OpeningHours(((),) * 7), MONDAY, MONDAY + 2 * DAY)
    assert horizon.days == (MONDAY, MONDAY + DAY, MONDAY + 2 * DAY)


def test_between_keeps_the_desk_and_changes_the_days() -> None:
    horizon = desk(hours("09:00-10:00"), MONDAY, step=15)
    assert horizon.between(MONDAY + DAY, MONDAY + DAY) == desk(hours("09:00-10:00"), MONDAY + DAY, step=15)


def test_after_midnight_intervals_keep_their_business_date_and_slots_run_past_24() -> None:
    grid = desk(hours("23:00-25:00"), MONDAY).grid()
    assert [moment.strftime("%d %H:%M") for moment in grid["interval_start"]] == [
        "01 23:00",
        "01 23:30",
        "02 00:00",
        "02 00:30",
    ]
    assert {day.date() for day in grid["business_date"]} == {MONDAY}
    assert grid["slot"].tolist() == [1380, 1410, 1440, 1470]


def test_hours_to_24_end_at_midnight_of_their_own_business_date() -> None:
    grid = desk(hours("00:00-24:00"), MONDAY, MONDAY + DAY).grid()
    assert len(grid) == 96
    assert grid["business_date"].value_counts().tolist() == [48, 48]
    assert grid["slot"].max() == 1410


@pytest.mark.parametrize(
    ("zone", "day", "span", "expected"),
    [
        # 02:00 on 2 April 1999 became 03:00
        (
            JERUSALEM,
            date(1999, 4, 2),
            "01:00-04:00",
            ["02 01:00+0200", "02 01:30+0200", "02 03:00+0300", "02 03:30+0300"],
        ),
        (JERUSALEM, date(1999, 4, 1), "25:30-27:30", ["02 01:30+0200", "02 03:00+0300"]),
        # 02:00 on 14 March 2027 became 03:00
        (NEW_YORK, date(2027, 3, 14), "01:30-03:30", ["14 01:30-0500", "14 03:00-0400"]),
        # 02:00 on 7 November 2027 became 01:00
        (
            NEW_YORK,
            date(2027, 11, 7),
            "00:30-02:30",
            [
                "07 00:30-0400",
                "07 01:00-0400",
                "07 01:30-0400",
                "07 01:00-0500",
                "07 01:30-0500",
                "07 02:00-0500",
            ],
        ),
        # 00:00 on 4 November 2018 became 01:00
        ("America/Sao_Paulo", date(2018, 11, 4), "00:00-02:00", ["04 01:00-0200", "04 01:30-0200"]),
    ],
)
def test_clock_changes_leave_out_the_skipped_hour_and_repeat_the_doubled_one(
    zone: str, day: date, span: str, expected: list[str]
) -> None:
    assert walls(desk(hours(span), day, zone=zone)) == expected


def test_slots_are_wall_clock_on_a_changed_day() -> None:
    forward = desk(hours("01:00-04:00"), date(2027, 3, 14), zone=NEW_YORK).grid()
    back = desk(hours("01:00-02:00"), date(2027, 11, 7), zone=NEW_YORK).grid()
    assert forward["slot"].tolist() == [60, 90, 180, 210]
    assert back["slot"].tolist() == [60, 90, 60, 90]


@pytest.mark.parametrize(
    ("zone", "day", "intervals"),
    [
        (JERUSALEM, date(1999, 4, 2), 46),
        (NEW_YORK, date(2027, 3, 14), 46),
        (NEW_YORK, date(2027, 11, 7), 50),
        ("America/Sao_Paulo", date(2018, 11, 4), 46),
        ("Australia/Lord_Howe", date(2027, 4, 4), 49),
        ("Australia/Lord_Howe", date(2027, 10, 3), 47),
        (TOKYO, date(2027, 3, 14), 48),
    ],
)
def test_a_day_open_round_the_clock_has_the_intervals_that_pass(zone: str, day: date, intervals: int) -> None:
    assert len(desk(hours("00:00-24:00"), day, zone=zone).grid()) == intervals


@given(
    st.sampled_from(ZONES),
    st.dates(date(1998, 1, 1), date(2030, 12, 1)),
    st.sampled_from((15, 30, 60)),
)
def test_round_the_clock_the_grid_is_gapless_without_overlap_over_any_days(
    zone: str, start: date, step: int
) -> None:
    horizon = desk(hours("00:00-24:00"), start, start + 2 * DAY, zone=zone, step=step)
    moments = [moment.astimezone(UTC) for moment in horizon.grid()["interval_start"]]
    steps = {later - earlier for earlier, later in pairwise(moments)}
    if zone != "Australia/Lord_Howe" or step != 60:  # half an hour's change cuts an hour in two
        assert steps == {timedelta(minutes=step)}
    assert moments == sorted(set(moments))


@given(st.sampled_from(ZONES), st.dates(date(1998, 1, 1), date(2030, 12, 1)), st.integers(0, 2880))
def test_at_is_the_wall_clock_asked_for_or_the_next_that_exists(zone: str, day: date, minute: int) -> None:
    moment = desk(hours("00:00-24:00"), day, zone=zone).at(day, minute)
    asked = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    assert moment.tzinfo == ZoneInfo(zone)
    skipped = moment.replace(tzinfo=None) - asked
    assert timedelta(0) <= skipped <= timedelta(hours=1)
    if skipped:
        before, after = (asked.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1))
        assert before is not None
        assert after is not None
        assert before < after  # the wall clock jumped over what was asked for


def test_at_takes_the_first_pass_of_a_doubled_hour() -> None:
    moment = desk(hours("00:00-24:00"), date(2027, 11, 7), zone=NEW_YORK).at(date(2027, 11, 7), 90)
    assert moment.utcoffset() == timedelta(hours=-4)


def test_every_interval_lies_wholly_inside_the_opening_hours() -> None:
    for zone, day in ((TOKYO, MONDAY), (NEW_YORK, date(2027, 3, 14)), (NEW_YORK, date(2027, 11, 7))):
        horizon = desk(hours("00:00-02:30", "09:00-17:30"), day, zone=zone, step=30)
        for moment in horizon.grid()["interval_start"]:
            wall = moment.hour * 60 + moment.minute
            assert wall < 150 or 540 <= wall < 1050, f"{zone} {moment}"


def test_hours_that_fill_no_whole_interval_are_refused_or_cut_never_overrun() -> None:
    try:
        grid = desk(hours("09:00-09:45"), MONDAY).grid()
    except ValueError:
        return
    assert grid["slot"].tolist() == [540]


def test_hours_that_run_into_the_next_days_are_refused_or_counted_once() -> None:
    try:
        grid = desk(hours("00:00-26:00"), MONDAY, MONDAY + DAY).grid()
    except ValueError:
        return
    assert grid["interval_start"].is_unique


def test_a_horizon_can_be_sent_to_another_process() -> None:
    horizon = desk(hours("09:00-10:00"), MONDAY)
    assert pickle.loads(pickle.dumps(horizon)) == horizon
