"""What the staff list says of skills, tags and the hours people are available."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.errors import InputError
from staffing.horizon import WEEKDAYS, Span
from staffing.io.staff import read_agents
from staffing.io.weekdays import available

MORNING, EVENING, ALWAYS = Span(540, 720), Span(1020, 1200), Span(0, 2880)
HEADER = "agent_id,agent_name,queue,contract,wage,skills,tags,available\n"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon 09:00-12:00; tue 09:00-12:00", {0: (MORNING,), 1: (MORNING,)}),
        ("月火 09:00-12:00", {0: (MORNING,), 1: (MORNING,)}),
        ("Mon-Tue 9:00 - 12:00,17:00-20:00", {0: (MORNING, EVENING), 1: (MORNING, EVENING)}),
        ("土・日；月曜 17:00〜20:00、9:00～12:00", {0: (MORNING, EVENING), 5: (ALWAYS,), 6: (ALWAYS,)}),
        ("sat-mon", {0: (ALWAYS,), 5: (ALWAYS,), 6: (ALWAYS,)}),
        ("*", dict.fromkeys(range(7), (ALWAYS,))),
    ],
)
def test_hours_as_people_write_them(text: str, days: dict[int, tuple[Span, ...]]) -> None:
    assert available(text) == tuple(days.get(day, ()) for day in range(7))


@given(st.lists(st.lists(st.integers(0, 2879), min_size=2, max_size=2, unique=True), min_size=7, max_size=7))
def test_what_is_written_out_is_read_back(edges: list[list[int]]) -> None:
    spans = tuple((Span(*sorted(pair)),) for pair in edges)
    text = "; ".join(f"{day[:3]} {own[0]}" for day, own in zip(WEEKDAYS, spans, strict=True))
    assert available(text) == spans


def test_skills_tags_and_hours_of_the_staff_list(tmp_path: Path) -> None:
    path = tmp_path / "agents.csv"
    path.write_text(
        HEADER + "A1,Y,main,full,1200,back;main,SV; trainer ,月 09:00-12:00\nA2,Z,main,full,1,,,\n", "utf-8"
    )
    first, second = read_agents(path, ["full"], ["main", "back"])
    assert first.skills == ("back", "main")
    assert first.queues == ("back", "main")
    assert first.tags == {"SV", "trainer"}
    assert first.available is not None
    assert first.available[0] == (MORNING,)
    assert (second.skills, second.tags, second.available) == ((), frozenset(), None)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("front,,", "column skills: found 'front', expected queues among back, main, separated by ;"),
        (
            ",,09:00-12:00",
            "column available: found '09:00-12:00': no weekday in '', expected weekdays with hours",
        ),
        (",,mon 9-12", "column available: found 'mon 9-12': expected opening hours like"),
        (",,someday", "column available: found 'someday': no weekday: 'someday'"),
    ],
)
def test_faults_by_row_and_column(tmp_path: Path, cells: str, message: str) -> None:
    path = tmp_path / "agents.csv"
    path.write_text(f"{HEADER}A1,Y,main,full,1200,{cells}\n", "utf-8")
    with pytest.raises(InputError) as caught:
        read_agents(path, ["full"], ["main", "back"])
    assert message in str(caught.value)
