"""`staffing sample`: copy a bundled desk to start from."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from staffing.errors import StaffingError
from staffing.samples import SAMPLES, copy_sample


@click.command(epilog="  ".join(f"{name}: {what}." for name, what in SAMPLES.items()))
@click.argument("name", type=click.Choice(list(SAMPLES)))
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="A new folder for the copy.",
)
def sample(name: str, folder: Path) -> None:
    """Copy a bundled sample: its plan.toml, staff and demand, ready to plan and to edit."""
    if folder.exists() and any(folder.iterdir()):
        raise StaffingError(
            f"{folder} is not empty; name a new folder, so that nothing of yours is overwritten"
        )
    try:
        copies = copy_sample(name, folder)
    except OSError as error:
        raise StaffingError(f"{folder}: cannot be written: {error.strerror or error}") from error
    for path in copies:
        click.echo(str(path))
    click.echo(f"Now: staffing plan {quote(str(folder / 'plan.toml'))} --out {quote(str(folder / 'out'))}")
