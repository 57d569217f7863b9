"""What the form of a new plan gathers: changes to a base's settings, and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from staffing.horizon import WEEKDAYS
from staffing.ui.draft import SETTINGS, Base, Finding
from staffing.wording.language import Language
from staffing.wording.words import mark

Changes = dict[str, Mapping[str, Any] | None]
# The form's names for settings, so that a message about a setting can be found on the page.
FIELDS = {
    "plan.name": mark("Name of the plan"),
    "horizon.start": mark("First day"),
    "horizon.end": mark("Last day"),
    "horizon.holidays": mark("Closed on public holidays of"),
    "history.file": mark("History (CSV)"),
    "history": mark("History (CSV)"),
    "forecast.calls_per_month": mark("Calls a month"),
    "forecast.aht_seconds": mark("AHT in seconds"),
    "forecast.profile": mark("Weekly profile (CSV)"),
    "staff.file": mark("Staff list (CSV)"),
    "targets": mark("Targets"),
    "targets.abandonment": mark("Abandon rate at most (%)"),
    "targets.service_level": mark("Service level at least (%)"),
    "targets.threshold_seconds": mark("answered within (seconds)"),
    "requirement.shrinkage": mark("Shrinkage (%)"),
    "requirement.minimum_agents": mark("Least agents while open (net)"),
    "requirement.patience_seconds": mark("Mean patience of callers (seconds)"),
    "roster.seconds": mark("Seconds of search"),
    "roster.shortage_price_per_hour": mark("Price of a missing hour (yen)"),
    "hours": mark("Opening hours"),
    **{f"hours.{day}": mark("Opening hours") for day in WEEKDAYS},
}


class Answers:
    """The answers over one base, gathered as the form is drawn; each base keeps answers of its own."""

    def __init__(self, base: Base, lang: Language) -> None:
        self.base = base
        self.settings = base.settings()
        self.lang = lang
        self.changes: Changes = {}
        self.uploads: dict[str, bytes] = {}
        self.missing: list[Finding] = []

    def label(self, setting: str) -> str:
        """The form's name for a setting."""
        return self.lang.tr(FIELDS[setting])

    def key(self, name: str) -> str:
        """The key of a widget."""
        return f"new_{self.base.base_id}_{name}"

    def keep(self, name: str) -> dict[str, Any]:
        """Key and memory of a widget: answers stay when the reader looks at another page."""
        return {"key": self.key(name), "persist_state": "session"}

    def table(self, name: str) -> dict[str, Any]:
        """One table of the base's settings, empty when there is none."""
        found = self.settings.get(name, {})
        return dict(found) if isinstance(found, Mapping) else {}


def file_name(given: str, fallback: str) -> str:
    """The uploaded file's own name, for messages, unless it would take the place of the settings."""
    name = given.replace("\\", "/").rsplit("/", 1)[-1].strip()
    return fallback if name in ("", ".", "..", SETTINGS) else name
