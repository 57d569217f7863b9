"""Call records as a plan's history: the same counts as of a history file, and what only single calls show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from staffing.config import read_config, site_horizon
from staffing.demand import History, read_history
from staffing.errors import InputError
from staffing.horizon import Horizon

Desk = Callable[..., Horizon]
File = Callable[..., Path]
BANK = Path(__file__).parents[2] / "data" / "anonymous-bank"
HEADER = "queue_entry,queue_s,outcome,handle_s"
UNEVEN = "Erlang A assumes that callers give up at an even rate; these do so most often"


@pytest.fixture(scope="module")
def bank() -> History:
    return _bank("calls.csv.gz")


def _bank(file: str, **options: float) -> History:
    config = read_config(BANK / "plan.toml")
    assert config.history is not None
    return read_history(
        BANK / file,
        site_horizon(config),
        missing_days=config.history.missing_days,
        **options,  # type: ignore[arg-type]
    )


def texts(history: History) -> list[str]:
    return [str(note) for note in history.notes]


def test_the_bank_s_calls_read_as_the_history_counted_from_them(bank: History) -> None:
    counted = _bank("history.csv")
    pd.testing.assert_frame_equal(bank.frame, counted.frame)
    assert bank.missing_days == counted.missing_days
    assert counted.waits is None
    assert set(texts(counted)) < set(texts(bank))


def test_the_waits_are_those_of_the_calls_that_count(bank: History) -> None:
    assert bank.waits is not None
    assert len(bank.waits.seconds) == bank.frame["offered"].sum()
    assert bank.waits.abandoned.sum() == bank.frame["abandoned"].sum()
    assert bank.waits.seconds.sum() == bank.frame["wait_seconds"].sum()


def test_the_bank_s_callers_do_not_give_up_evenly_and_the_user_is_told(bank: History) -> None:
    """L. Brown and others (2005) show it for the whole year: peaks soon after the wait begins and near 60 s."""
    (note,) = (text for text in texts(bank) if text.startswith(UNEVEN))
    assert "5-15 s into the wait (as if their patience were 238 s there, 358 s over all waits)" in note
    assert "for waits up to 60 s, patience_seconds = 317" in note


def test_after_call_work_is_added_to_counted_calls_too(bank: History) -> None:
    more = _bank("calls.csv.gz", unrecorded_acw_seconds=25)
    added = more.frame["handle_seconds"] - bank.frame["handle_seconds"]
    assert added.to_numpy() == pytest.approx(25 * bank.frame["answered"].to_numpy())
    assert any(text.startswith("25 s of unrecorded") for text in texts(more))


def lines(patience: np.ndarray, seed: int) -> list[str]:
    """Calls of one day, all made to wait."""
    rng = np.random.default_rng([3, seed])
    offered, entry = rng.exponential(60, len(patience)), np.sort(rng.integers(0, 3 * 3600, len(patience)))
    return [
        f"2027-06-01 {9 + at // 3600:02d}:{at % 3600 // 60:02d}:{at % 60:02d},{min(wait, limit):.0f},"
        + ("abandoned," if limit < wait else "answered,60")
        for at, wait, limit in zip(entry.tolist(), offered, patience, strict=True)
    ]


def test_even_callers_raise_no_note(desk: Desk, file: File) -> None:
    for seed in range(5):
        patience = np.random.default_rng(seed).exponential(120, 2000)
        assert texts(read_history(file(*lines(patience, seed), header=HEADER), desk())) == []


def test_callers_who_lose_patience_in_the_end_are_described_too(desk: Desk, file: File) -> None:
    rng = np.random.default_rng(5)
    late = [
        f"2027-06-01 11:{minute:02d}:00,{300 + rng.integers(9)},abandoned,"
        for minute in range(60)
        for _ in range(20)
    ]
    even = lines(rng.exponential(900, 4000), 1)
    (note,) = texts(read_history(file(*even, *late, header=HEADER), desk()))
    assert note.startswith(UNEVEN)
    assert "most often after 300 s of waiting" in note


def test_blocked_calls_and_calls_outside_the_hours_have_no_wait(desk: Desk, file: File) -> None:
    calls = (
        "2027-06-01 09:00:00,10,answered,60",
        "2027-06-01 09:00:00,0,blocked,",
        "2027-06-01 08:00:00,500,abandoned,",
        "2027-06-01 11:00:00,30,abandoned,",
        "2027-06-02 09:00:00,99,abandoned,",
    )
    history = read_history(file(*calls, header=HEADER), desk(), missing_days=[date(2027, 6, 2)])
    assert history.waits is not None
    assert history.waits.seconds.tolist() == [10, 30]
    assert history.waits.abandoned.tolist() == [False, True]
    assert history.frame["offered"].tolist() == [2, 0, 1]


def test_faults_of_records_name_their_rows(desk: Desk, file: File) -> None:
    path = file("2027-06-01 09:00:00,10,answered,60", "2027-06-01 09:00:00,-1,answered,60", header=HEADER)
    with pytest.raises(InputError, match="row 3, column queue_s: found '-1'"):
        read_history(path, desk())


def test_own_names_and_offsets(desk: Desk, file: File) -> None:
    path = file("2027-06-01T00:30:00Z,10,answered,60", header="arrived,queue_s,outcome,handle_s")
    history = read_history(path, desk("09:00-10:00"), column_map={"arrived": "queue_entry"})
    assert history.frame["offered"].tolist() == [1]
    assert texts(history) == ["All times carry the offset +00:00; they are shown in Asia/Tokyo"]


@pytest.mark.parametrize(
    "header",
    [
        "queue_entry,queue_s,outcome,handle_s",
        "\ufeffQueue Entry;queue_s;outcome;handle_s",
        '"queue_entry"\tqueue_s\toutcome\thandle_s',
    ],
)
def test_call_records_are_told_by_their_header(desk: Desk, file: File, header: str) -> None:
    separator = max(",;\t", key=header.count)
    row = separator.join(["2027-06-01 09:00:00", "10", "answered", "60"])
    assert read_history(file(row, header=header), desk("09:00-10:00")).waits is not None


def test_a_history_with_a_column_of_a_like_name_is_none(desk: Desk, file: File) -> None:
    header = "interval_start,offered,answered,abandoned,talk_seconds,queue_entry_count"
    rows = [f"2027-06-01 {hour}:00,5,4,1,400,5" for hour in ("09", "10", "11")]
    assert read_history(file(*rows, header=header), desk()).waits is None


def test_a_mistyped_year_names_its_row(desk: Desk, file: File) -> None:
    path = file("2027-06-01 09:00:00,10,answered,60", "2072-06-01 09:00:00,10,answered,60", header=HEADER)
    with pytest.raises(
        InputError, match="row 3, column queue_entry: found '2072-06-01 09:00:00', expected all rows"
    ):
        read_history(path, desk())


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08broken"])
def test_a_file_that_cannot_be_read_is_refused_as_such(desk: Desk, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "calls.csv.gz"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_history(path, desk())
    with pytest.raises(InputError, match="no such file"):
        read_history(tmp_path / "none.csv", desk())
