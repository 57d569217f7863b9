"""The folder that holds the plans: which there are, and a new folder for each new one."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

PLAN_VARIABLE = "STAFFING_PLAN"
WORKSPACE_VARIABLE = "STAFFING_WORKSPACE"


@dataclass(frozen=True)
class Workspace:
    """A folder of plans, each in a folder of its own whose name is the plan's id; `first` is shown to begin with."""

    root: Path
    first: str | None = None

    @classmethod
    def of(cls, plan: Path | None, root: Path | None) -> Workspace:
        """The workspace for a plan and a root, either of which may be missing.

        Without a root it is the folder that the plan stands in, else `out` in the current folder. A plan that
        stands elsewhere than in the root is not shown.
        """
        if plan is not None:
            plan = plan.resolve()
        if root is None:
            root = plan.parent if plan is not None else Path("out")
        inside = plan is not None and plan.parent == root.resolve()
        return cls(root.resolve(), plan.name if plan is not None and inside else None)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Workspace:
        """As `serve` hands it to the dashboard's process."""
        plan, root = environment.get(PLAN_VARIABLE), environment.get(WORKSPACE_VARIABLE)
        return cls.of(Path(plan) if plan else None, Path(root) if root else None)

    def ids(self) -> tuple[str, ...]:
        """The finished plans, the newest first."""
        if not self.root.is_dir():
            return ()
        found = [
            (path.stat().st_mtime, path.parent.name)
            for path in self.root.glob("*/summary.json")
            if not path.parent.name.startswith(".")
        ]
        return tuple(name for _, name in sorted(found, reverse=True))

    def folder(self, plan_id: str) -> Path:
        """The folder of one plan.

        Raises:
            KeyError: when the id is no plain folder name.
        """
        if plan_id in ("", ".", "..") or plan_id != Path(plan_id).name or "\\" in plan_id:
            raise KeyError(plan_id)
        return self.root / plan_id

    def new_id(self, name: str, now: datetime) -> str:
        """An id that is not taken, made from the plan's name and the time."""
        plain = re.sub(r"[^\w-]+", "-", name.strip()).strip("-_")[:40] or "plan"
        stem = f"{plain}-{now:%Y%m%d-%H%M%S}"
        number, taken = 1, {path.name for path in self.root.iterdir()} if self.root.is_dir() else set()
        plan_id = stem
        while plan_id in taken:
            number += 1
            plan_id = f"{stem}-{number}"
        return plan_id
