"""`staffing report`: a month's report."""

from __future__ import annotations

from pathlib import Path

import click

from staffing.report.month.desk import report_of
from staffing.report.month.document import month_document
from staffing.report.write import write_report
from staffing.wording.language import CODES


@click.command()
@click.argument("source", metavar="PLAN", type=click.Path(path_type=Path))
@click.option("--month", required=True, metavar="YYYY-MM", help="The month of business dates to report.")
@click.option(
    "--history",
    "histories",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Records to read in place of those that PLAN names, such as the month's own file; may be given again for "
    "the month before.",
)
@click.option(
    "--costs",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What the month cost: a CSV file with the columns month, item, amount. Without it the cost is estimated "
    "from the agents on duty.",
)
@click.option(
    "--lang",
    "languages",
    type=click.Choice(list(CODES)),
    multiple=True,
    default=("ja",),
    show_default=True,
    help="Language of the report; give it twice for both.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder for the files, made if missing.",
)
def report(
    source: Path,
    month: str,
    histories: tuple[Path, ...],
    costs: Path | None,
    languages: tuple[str, ...],
    out: Path,
) -> None:
    """Report a month: what it was, against the month before and against the plan, and why it differed.

    PLAN is a folder that `staffing plan` wrote, whose plan the month is set against, or a PLAN.toml, which has
    records only. Writes report-YYYY-MM-LANG.html, one HTML page that needs nothing else and prints on A4, and the
    same as an Excel workbook with native charts.
    """
    found = report_of(source, month, histories=histories, costs=costs)
    for file in write_report(
        lambda lang: month_document(found, lang), out, f"report-{month}", dict.fromkeys(languages)
    ):
        click.echo(str(file))
