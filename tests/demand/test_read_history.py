"""A history is read from canonical columns, averages, or a Japanese system's own names, to the same totals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staffing.demand import read_history
from staffing.demand.history import COLUMNS, COUNTS
from staffing.demand.importers import write_history
from staffing.errors import InputError
from staffing.horizon import Horizon

Desk = Callable[..., Horizon]
File = Callable[..., Path]
FULL = ",".join(COLUMNS)
DAY = (
    "2027-06-01T09:00:00+09:00,60,main,voice,10,8,1,1,1,7,800,80,160,90,30",
    "2027-06-01T10:00:00+09:00,60,main,voice,0,0,0,0,0,0,0,0,0,0,0",
    "2027-06-01T11:00:00+09:00,60,main,voice,4,4,0,0,0,4,400,0,40,8,0",
)


def test_totals_add_up_and_the_source_is_kept(desk: Desk, file: File) -> None:
    path = file(*DAY, header=FULL)
    history = read_history(path, desk(), threshold_seconds=30)
    frame = history.frame
    assert frame["handle_seconds"].tolist() == [1040.0, 0.0, 440.0]
    assert frame["wait_seconds"].tolist() == [120.0, 0.0, 8.0]
    assert frame["slot"].tolist() == [540, 600, 660]
    assert frame[list(COUNTS)].dtypes.eq("int64").all()
    assert frame[list(COUNTS)].iloc[0].tolist() == [10, 8, 1, 1, 1, 7]
    assert str(frame["interval_start"].dtype) == "datetime64[us, Asia/Tokyo]"
    assert frame["business_date"].eq(pd.Timestamp("2027-06-01")).all()
    assert (history.source, history.interval_minutes, history.threshold_seconds) == ("history.csv", 60, 30)
    assert history.digest == sha256(path.read_bytes()).hexdigest()
    assert history.queues == ("main",)
    assert (history.notes, history.missing_days) == ((), ())


def test_optional_columns_default_and_what_is_unknown_stays_unknown(desk: Desk, file: File) -> None:
    rows = [f"2027-06-01 {hour}:00,5,4,1,400" for hour in ("09", "10", "11")]
    history = read_history(file(*rows), desk())
    assert history.frame[["queue", "channel"]].drop_duplicates().to_numpy().tolist() == [["main", "voice"]]
    assert history.frame[["blocked", "short_abandoned"]].to_numpy().sum() == 0
    assert history.frame[["answered_within_threshold", "wait_seconds"]].isna().all(axis=None)
    assert [str(note) for note in history.notes] == [
        "The file does not say how many calls were answered within the threshold",
        "The file does not say how long callers waited: patience cannot be estimated",
    ]


def test_empty_cells_are_unknown_only_where_that_makes_sense(desk: Desk, file: File) -> None:
    within, waited = DAY[0].replace(",1,7,800", ",1,,800"), DAY[2].removesuffix(",8,0") + ",,0"
    frame = read_history(file(within, DAY[1], waited, header=FULL), desk()).frame
    assert frame["answered_within_threshold"].isna().tolist() == [True, False, False]
    assert frame["wait_seconds"].isna().tolist() == [False, False, True]
    with pytest.raises(InputError, match="row 2, column talk_seconds: found an empty cell"):
        read_history(file(DAY[0].replace(",800,", ",,"), *DAY[1:], header=FULL), desk())


def test_averages_of_a_japanese_system_give_the_same_totals(desk: Desk, file: File) -> None:
    header = (
        "日付,時間帯,キュー名,着信数,応答数,放棄呼数,あふれ呼数,"
        "平均通話時間,平均保留時間,平均後処理時間,平均応答速度,平均放棄待ち時間,応答率"
    )
    rows = (
        "2027/6/1,9:00-10:00,main,10,8,1,1,0:01:40,10,20,11.25,30,80%",
        "2027/6/1,10:00～11:00,main,0,0,0,0,,,,,,",
        "2027年6月1日,11:00,main,4,4,0,0,100,0,10,2,,100%",
    )
    expected = read_history(file(*DAY, header=FULL), desk()).frame
    history = read_history(file(*rows, header=header, encoding="cp932"), desk())
    same = ["interval_start", "offered", "answered", "abandoned", "blocked", "handle_seconds", "wait_seconds"]
    pd.testing.assert_frame_equal(history.frame[same], expected[same])
    assert "Columns not used: 応答率" in [str(note) for note in history.notes]


def test_aht_stands_in_for_the_durations_and_totals_come_before_averages(desk: Desk, file: File) -> None:
    header = "interval_start,offered,answered,abandoned,AHT"
    rows = [
        f"2027-06-01 {hour}:00,5,{answered},1,{aht}"
        for hour, answered, aht in [("09", 4, 130.5), (10, 0, ""), (11, 1, 60)]
    ]
    assert read_history(file(*rows, header=header), desk()).frame["handle_seconds"].tolist() == [
        522.0,
        0.0,
        60.0,
    ]
    both = [f"2027-06-01 {hour}:00,5,4,1,999,400,25" for hour in ("09", "10", "11")]
    header += ",talk_seconds,平均後処理時間"
    assert read_history(file(*both, header=header), desk()).frame["handle_seconds"].tolist() == [500.0] * 3


def test_unrecorded_after_call_work_is_added_for_every_answered_call(desk: Desk, file: File) -> None:
    history = read_history(file(*DAY, header=FULL), desk(), unrecorded_acw_seconds=25)
    assert history.frame["handle_seconds"].tolist() == [1040.0 + 8 * 25, 0.0, 440.0 + 4 * 25]
    assert "25 s of unrecorded after-call work" in str(history.notes[0])


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_an_impossible_after_call_work_is_refused(desk: Desk, file: File, seconds: float) -> None:
    with pytest.raises(ValueError, match="unrecorded_acw_seconds"):
        read_history(file(*DAY, header=FULL), desk(), unrecorded_acw_seconds=seconds)
    with pytest.raises(ValueError, match="missing_intervals"):
        read_history(file(*DAY, header=FULL), desk(), missing_intervals="none")  # type: ignore[arg-type]


def test_a_column_map_reads_any_other_names(desk: Desk, file: File) -> None:
    header = "when,in,answered,lost,talk_seconds"
    rows = [f"2027-06-01 {hour}:00,5,4,1,400" for hour in ("09", "10", "11")]
    names = {"when": "interval_start", "in": "offered", "lost": "abandoned"}
    assert read_history(file(*rows, header=header), desk(), column_map=names).frame["offered"].sum() == 15


def test_half_a_million_rows_are_read(desk: Desk, tmp_path: Path) -> None:
    queues, days = 10, 350
    starts = pd.date_range("2027-01-01", periods=days * 144, freq="10min").strftime("%Y-%m-%d %H:%M")
    size = queues * len(starts)
    calls = np.arange(size) % 7
    frame = pd.DataFrame(
        {
            "interval_start": np.tile(starts.to_numpy(), queues),
            "queue": np.repeat([f"q{i}" for i in range(queues)], len(starts)),
            "offered": calls,
            "answered": calls,
            "abandoned": 0,
            "talk_seconds": calls * 100,
        }
    )
    path = tmp_path / "long.csv"
    frame.to_csv(path, index=False)
    assert size >= 500_000
    history = read_history(path, desk("00:00-24:00", minutes=10))
    assert len(history.frame) == size
    assert history.frame["offered"].sum() == calls.sum()
    assert history.frame["handle_seconds"].sum() == 100 * calls.sum()
    assert history.frame["queue"].is_monotonic_increasing


counts = st.integers(0, 500)
cells = st.tuples(counts, counts, counts, counts, st.integers(0, 10**6), st.integers(0, 10**6))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(rows=st.lists(st.lists(cells, min_size=6, max_size=6), min_size=1, max_size=3))
def test_what_is_written_is_read_again(desk: Desk, tmp_path: Path, rows: list[list[tuple[int, ...]]]) -> None:
    """Any number of queues over two days, written in the canonical form, comes back with the same numbers."""
    horizon = desk().between(date(2027, 6, 1), date(2027, 6, 2))
    starts = horizon.grid()["interval_start"]
    parts = []
    for queue, numbers in enumerate(rows):
        answered, abandoned, blocked, other, talk, wait = np.array(numbers).T
        part = pd.DataFrame(dict.fromkeys(COLUMNS, 0), index=range(len(starts)))
        parts.append(
            part.assign(
                interval_start=starts,
                interval_minutes=60,
                queue=f"q{queue}",
                channel="voice",
                offered=answered + abandoned + blocked + other,
                answered=answered,
                abandoned=abandoned,
                blocked=blocked,
                talk_seconds=talk,
                wait_answered_seconds=wait,
            )
        )
    written = pd.concat(parts, ignore_index=True)
    path = tmp_path / "history.csv"
    write_history(written.sample(frac=1, random_state=1), path)
    frame = read_history(path, horizon).frame
    for name in ("interval_start", "queue", "offered", "answered", "abandoned", "blocked"):
        assert frame[name].tolist() == written[name].tolist()
    assert frame["handle_seconds"].tolist() == written["talk_seconds"].tolist()
    assert frame["wait_seconds"].tolist() == written["wait_answered_seconds"].tolist()
