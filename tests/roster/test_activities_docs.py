"""What `docs/activities.md` prints is what its snippets print, and its settings can be read."""

from __future__ import annotations

from pathlib import Path

from staffing.config import read_config
from staffing.samples import sample_folder
from tests.snippets import examples, printed

PAGE = (Path(__file__).parents[2] / "docs" / "activities.md").read_text("utf-8")


def test_the_page_prints_what_it_shows() -> None:
    found = examples("activities.md")
    assert len(found) == 1
    names: dict[str, object] = {}
    for code, text in found:
        assert printed(code, names) == text


def test_the_settings_shown_are_read(tmp_path: Path) -> None:
    begin, end = PAGE.index("    [[activities]]"), PAGE.index("| key |")
    tables = "\n".join(line.removeprefix("    ") for line in PAGE[begin:end].splitlines())
    file = tmp_path / "plan.toml"
    file.write_text((sample_folder("small-desk") / "plan.toml").read_text("utf-8") + "\n" + tables, "utf-8")
    assert [table.name for table in read_config(file).activities] == ["team meeting", "new tariff"]
