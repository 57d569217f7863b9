"""The command line: `staffing --help`."""

from __future__ import annotations

import click

import staffing
from staffing.cli.check import check
from staffing.cli.errors import FriendlyGroup
from staffing.cli.samples import sample
from staffing.cli.serve import serve
from staffing.cli.stages import batch, compare, forecast, plan, require, roster


@click.group(
    cls=FriendlyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(staffing.__version__, prog_name="staffing")
def main() -> None:
    """Plan a contact centre: forecast calls, size the desk, build the roster, compare what it costs.

    \b
    Start with a sample:  staffing sample small-desk --to my-desk
    then plan it:         staffing plan my-desk/plan.toml --out my-plan
    and look at it:       staffing serve --plan my-plan
    """  # noqa: D301 - click reads the backspace as "leave these lines as they are"


for command in (plan, forecast, require, roster, compare, batch, check, sample, serve):
    main.add_command(command)
