"""`staffing sample`: copy a bundled desk to start from."""

from __future__ import annotations

from pathlib import Path

import click

from staffing.errors import StaffingError
from staffing.samples import SAMPLES, copy_sample


@click.command(short_help="Copy a bundled desk to start from.")
@click.argument("name", type=click.Choice(list(SAMPLES)))
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A new folder for the copy.",
)
def sample(name: str, folder: Path) -> None:
    """Copy a bundled sample: its plan.toml, staff and demand, ready to plan and to edit."""
    if folder.exists() and any(folder.iterdir()):
        raise StaffingError(
            f"{folder} is not empty; name a new folder, so that nothing of yours is overwritten"
        )
    for path in copy_sample(name, folder):
        click.echo(str(path))
    click.echo(f"Now: staffing plan {folder / 'plan.toml'} --out {folder / 'out'}")
