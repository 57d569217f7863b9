"""A plan in the making: the settings it starts from, what the form changed, and what the readers say of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from staffing import config as settings
from staffing.config import PlanConfig, read_config
from staffing.errors import ConfigError, InputError, StaffingError
from staffing.io.staff import read_agents
from staffing.plan import plan
from staffing.samples import SAMPLES, sample_folder
from staffing.sourcing import load_tariffs
from staffing.ui.toml_text import dumps
from staffing.ui.workspace import Workspace

SETTINGS = "plan.toml"
_FILES = (
    ("history", "file"),
    ("forecast", "profile"),
    ("staff", "file"),
    ("sourcing", "tariffs"),
    ("sourcing", "measures"),
)


@dataclass(frozen=True)
class Base:
    """A plan to start from: a bundled sample, or a finished plan with its inputs."""

    base_id: str
    folder: Path  # holds plan.toml and the files it names

    @property
    def sample(self) -> str | None:
        """The sample's name, when it is one."""
        kind, _, name = self.base_id.partition(":")
        return name if kind == "sample" else None

    def settings(self) -> dict[str, Any]:
        """What its `plan.toml` says."""
        return tomllib.loads((self.folder / SETTINGS).read_text(encoding="utf-8-sig"))


def bases(workspace: Workspace) -> tuple[Base, ...]:
    """The samples, then the workspace's plans."""
    found = [Base(f"sample:{name}", sample_folder(name)) for name in SAMPLES]
    found += [Base(f"plan:{plan_id}", workspace.folder(plan_id) / "inputs") for plan_id in workspace.ids()]
    return tuple(base for base in found if (base.folder / SETTINGS).is_file())


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a draft, and where; the words are the readers' own, in English."""

    file: str
    found: str
    expected: str
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True)
class Draft:
    """Settings, and the files they name by the name they are written under."""

    settings: Mapping[str, Any]
    files: Mapping[str, bytes]

    def write(self, folder: Path) -> Path:
        """Write everything into `folder`; returns the path of its `plan.toml`."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self.files.items():
            (folder / Path(name).name).write_bytes(data)
        path = folder / SETTINGS
        path.write_text(dumps(self.settings), encoding="utf-8")
        return path


def make_draft(
    base: Base, changes: Mapping[str, Mapping[str, Any] | None], uploads: Mapping[str, bytes]
) -> Draft:
    """The base's settings with `changes` laid over them, table by table; None takes a table out.

    Files that the settings name come from `uploads` first, else from the base's folder; a missing one is left to the
    readers to find.
    """
    merged: dict[str, Any] = base.settings()
    for table, values in changes.items():
        if values is None:
            merged.pop(table, None)
        else:
            kept = {**merged.get(table, {}), **values}
            merged[table] = {name: value for name, value in kept.items() if value is not None}
    files: dict[str, bytes] = {}
    for table, key in _FILES:
        name = merged.get(table, {}).get(key)
        if name is None:
            continue
        plain = Path(str(name)).name
        merged[table] = {**merged[table], key: plain}
        if plain in uploads:
            files[plain] = uploads[plain]
        else:
            with suppress(OSError):
                files[plain] = (base.folder / name).read_bytes()
    return Draft(merged, files)


def findings(plan_file: Path) -> tuple[Finding, ...]:
    """Everything the product's own readers find wrong with a plan and its files; empty when it can be planned."""
    try:
        config = read_config(plan_file)
        settings.shift_families(config)
    except ConfigError as error:
        return tuple(_findings(error))
    found: list[Finding] = []
    queues: tuple[str, ...] = ("main",)
    try:
        forecast = plan(config, until="forecast").forecast
        queues = tuple(sorted(str(name) for name in forecast.frame["queue"].unique()))
    except (StaffingError, ValueError) as error:
        found += _findings(error)
    found += _staff(config, queues)
    if config.sourcing.tariffs is not None:
        try:
            load_tariffs(config.beside(config.sourcing.tariffs))
        except (StaffingError, ValueError) as error:
            found += _findings(error)
    return tuple(found)


def _staff(config: PlanConfig, queues: tuple[str, ...]) -> Iterator[Finding]:
    names = [contract.name for contract in config.contracts]
    try:
        read_agents(config.beside(config.staff.file), contracts=names, queues=queues)
    except StaffingError as error:
        yield from _findings(error)


def _findings(error: Exception) -> Iterator[Finding]:
    if isinstance(error, InputError):
        for fault in error.faults:
            yield Finding(Path(error.file).name, fault.found, fault.expected, fault.row, fault.column)
    elif isinstance(error, ConfigError):
        for setting in error.faults:
            yield Finding(Path(error.file).name, setting.value, setting.allowed, column=setting.key)
    else:
        yield Finding(SETTINGS, str(error), "")
