"""`staffing serve`: the dashboard in the browser."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.option(
    "--plan",
    "plan_dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder that `staffing plan` wrote, opened first.",
)
@click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where plans made in the dashboard are kept.  [default: the folder around --plan, or ./out]",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
@click.option("--no-browser", is_flag=True, help="Do not open a browser window.")
def serve(plan_dir: Path | None, workspace: Path | None, port: int, no_browser: bool) -> None:
    """Show plans in the browser, and make new ones there (Japanese and English)."""
    from staffing.ui.serve import serve as run  # Streamlit is slow to import; other commands do without it

    sys.exit(run(plan_dir, port=port, workspace=workspace, open_browser=not no_browser))
