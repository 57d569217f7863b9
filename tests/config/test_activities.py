"""`[[activities]]`: what a table means for the staff list, and what does not fit is addressed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from staffing.config import PlanConfig, activities_from, read_config, site_horizon
from staffing.errors import ConfigError
from staffing.roster import Activity, Agent
from staffing.samples import sample_folder

SMALL = (sample_folder("small-desk") / "plan.toml").read_text("utf-8")
AGENTS = tuple(
    Agent(
        f"D0{i}",
        f"D0{i}",
        "main",
        "full" if i < 3 else "part",
        1200,
        tags=frozenset({"SV"} if i == 1 else ()),
    )
    for i in range(1, 5)
)


def read(tmp_path: Path, lines: str) -> PlanConfig:
    file = tmp_path / "plan.toml"
    file.write_text(f"{SMALL}\n[[activities]]\n{lines}\n", "utf-8")
    return read_config(file)


def made(tmp_path: Path, lines: str) -> tuple[Activity, ...]:
    config = read(tmp_path, lines)
    return activities_from(config, site_horizon(config), AGENTS)


TALK = 'name = "talk"\nminutes = 30\nwindow = "10:00-16:00"\n'


def test_without_names_it_is_for_everybody_over_the_whole_horizon(tmp_path: Path) -> None:
    (activity,) = made(tmp_path, TALK)
    horizon = site_horizon(read(tmp_path, TALK))
    assert activity.people == frozenset({"D01", "D02", "D03", "D04"})
    assert (activity.first, activity.last) == (horizon.start, horizon.end)
    assert (activity.kind, activity.together, activity.places, activity.least) == ("hard", False, None, None)


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ('contracts = ["part"]', {"D03", "D04"}),
        ('tags = ["SV"]', {"D01"}),
        ('tags = ["SV"]\nagents = ["D04"]', {"D01", "D04"}),
    ],
)
def test_people_are_named_by_id_contract_or_tag(tmp_path: Path, lines: str, people: set[str]) -> None:
    assert made(tmp_path, TALK + lines)[0].people == people


def test_every_week_has_one_of_its_own_cut_at_the_horizon_s_edge(tmp_path: Path) -> None:
    """Weeks begin on Monday: 3 February 2027 is a Wednesday, 16 February a Tuesday."""
    horizon = site_horizon(read(tmp_path, TALK))
    first, last = date(2027, 2, 3), date(2027, 2, 16)
    assert horizon.start <= first < last <= horizon.end
    weekly = made(tmp_path, f'{TALK}every = "week"\nfirst = {first}\nlast = {last}')
    assert [(a.first.isoformat(), a.last.isoformat()) for a in weekly] == [
        ("2027-02-03", "2027-02-07"),
        ("2027-02-08", "2027-02-14"),
        ("2027-02-15", "2027-02-16"),
    ]
    assert [a.name for a in weekly] == ["talk 2027-02-03", "talk 2027-02-08", "talk 2027-02-15"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            'window = "10:00-10:15"',
            "activities[1].window = 10:00-10:15: must leave room for the activity's 30",
        ),
        ('kind = "soft"', "activities[1].price = 0: a soft activity needs a price above 0"),
        ("price = 5", "activities[1].price = 5: belongs to kind"),
        (
            "places = 2\ntogether = true",
            "activities[1].places = 2: a meeting (together = true) has no places",
        ),
        ('kind = "soft"\nprice = 5\nleast = 2', "activities[1].least = 2: belongs to a meeting"),
        ("least = 5", "activities[1].least = 5: it is for 4 people"),
        ('contracts = ["fulltime"]', "activities[1].contracts = fulltime: known contracts: "),
        ('agents = ["D09"]', "activities[1].agents = D09: an agent_id of the staff list"),
        ('tags = ["boss"]', "activities[1].tags = boss: known tags: SV"),
        ("first = 1999-01-01", "activities[1].first = 1999-01-01: a date of the horizon"),
        ('every = "day"', "activities[1].every"),
        ("minutes = 0", "activities[1].minutes"),
        (
            '[[activities]]\nname = "talk"\nminutes = 30\nwindow = "10:00-16:00"',
            "activities[2].name = talk: is an",
        ),
    ],
)
def test_what_does_not_fit_is_addressed(tmp_path: Path, lines: str, told: str) -> None:
    keys = {line.split(" =")[0] for line in lines.splitlines()}
    kept = "".join(
        f"{line}\n" for line in TALK.splitlines() if line.split(" =")[0] not in keys or "[[" in lines
    )
    with pytest.raises(ConfigError) as caught:
        made(tmp_path, kept + lines)
    assert told in str(caught.value)
