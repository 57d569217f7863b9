"""The command line: `staffing --help`."""

from __future__ import annotations

import click

import staffing
from staffing.cli.errors import FriendlyGroup
from staffing.cli.lazy import Place

PLACES = {
    "plan": Place("staffing.cli.stages", "The whole path: forecast, agents, roster, costs."),
    "forecast": Place("staffing.cli.stages", "Calls and handling time per interval."),
    "require": Place("staffing.cli.stages", "Agents per interval, net and gross."),
    "roster": Place("staffing.cli.stages", "Who works when, at what cost."),
    "shifts": Place("staffing.cli.shifts", "Which shift templates to offer."),
    "compare": Place("staffing.cli.stages", "The same service in-house and outsourced."),
    "decide": Place(
        "staffing.cli.decide", "All options, the best mix, measures: which way to staff the desk."
    ),
    "batch": Place("staffing.cli.stages", "Many desks, one folder each."),
    "calibrate": Place(
        "staffing.cli.calibrate", "The history against the model: unrecorded wrap-up, patience."
    ),
    "calculate": Place("staffing.cli.calculate", "Agents, service, calls or handling time, without a plan."),
    "report": Place("staffing.cli.month_report", "A month's report: HTML and Excel, Japanese and English."),
    "simulate": Place("staffing.cli.simulate", "Play a roster call by call."),
    "check": Place("staffing.cli.check", "Judge a roster file."),
    "replan": Place("staffing.cli.replan", "A published roster, planned again from a moment on."),
    "what-if": Place("staffing.cli.what_if", "What a person, a shift or a rule is worth."),
    "explain": Place("staffing.cli.explain", "Why no roster can exist, or why a roster is as it is."),
    "sample": Place("staffing.cli.samples", "Copy a bundled desk to start from."),
    "serve": Place("staffing.cli.serve", "The dashboard in the browser."),
}


@click.group(
    cls=FriendlyGroup,
    places=PLACES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(staffing.__version__, prog_name="staffing")
def main() -> None:
    """Plan a contact centre: forecast calls, size the desk, build the roster, compare what it costs.

    \b
    Start with a sample:  staffing sample small-desk --to my-desk
    then plan it:         staffing plan my-desk/plan.toml --out my-plan
    and look at it:       staffing serve --plan my-plan
    """  # noqa: D301 - click reads the backspace as "leave these lines as they are"
