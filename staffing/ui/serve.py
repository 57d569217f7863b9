"""Starts the dashboard's server."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from staffing.ui.workspace import PLAN_VARIABLE, WORKSPACE_VARIABLE, Workspace

LOOPBACK = "localhost"


def serve(
    plan_dir: Path | None = None,
    port: int = 8501,
    workspace: Path | None = None,
    open_browser: bool = True,
    address: str = LOOPBACK,
) -> int:
    """Serve the dashboard until it is told to end (Ctrl-C or SIGTERM); returns the exit status.

    Args:
        plan_dir: a finished plan to show first.
        port: TCP port to listen on.
        workspace: folder of plans; without one, the folder around `plan_dir`, else `./out`.
        open_browser: whether to open a browser window.
        address: interface to listen on; only this machine reaches the default.
    """
    from streamlit.web import cli  # takes a second: only those who serve wait for it

    place = Workspace.of(plan_dir, workspace)
    os.environ[WORKSPACE_VARIABLE] = str(place.root)
    if place.first is not None:
        os.environ[PLAN_VARIABLE] = str(place.root / place.first)
    files = resources.files("staffing.ui")
    with (
        resources.as_file(files / "script" / "dashboard.py") as script,
        resources.as_file(files / "theme.toml") as theme,
    ):
        options = {
            "server.address": address,
            "server.port": str(port),
            "server.headless": str(not open_browser).lower(),
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": "false",
            "client.toolbarMode": "minimal",
            "theme.base": str(theme),
        }
        arguments = ["run", str(script), *(f"--{name}={value}" for name, value in options.items())]
        cli.main(args=arguments, prog_name="streamlit", standalone_mode=False)
    return 0
