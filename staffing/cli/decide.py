"""`staffing decide`: which way to staff a desk."""

from __future__ import annotations

from pathlib import Path

import click

from staffing.cli.decision_lines import decision_lines
from staffing.cli.progress import Style, reporter, stoppable
from staffing.cli.stages import ENCODING, PLAN_FILE, PROGRESS, SECONDS
from staffing.config import read_config
from staffing.decision import decide as work_out
from staffing.decision.decide import MIX_SECONDS, PARTS, Part
from staffing.io.export import Encoding, check_target
from staffing.notes import Note
from staffing.plan import MOST_SECONDS
from staffing.progress import ProgressEvent
from staffing.report.decided import FILES, write_decision
from staffing.sourcing.horizon.months import MOST_MONTHS
from staffing.wording.language import CODES


@click.command()
@PLAN_FILE
@click.option(
    "--abandonment",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    metavar="SHARE",
    help="The target instead of that of PLAN.toml: this share of calls may be lost, such as 0.05; nothing else is "
    "asked.",
)
@click.option(
    "--months",
    type=click.IntRange(1, MOST_MONTHS),
    help="Months to look ahead; by default as PLAN.toml says.",
)
@click.option(
    "--parts",
    "parts",
    type=click.Choice(PARTS),
    multiple=True,
    help="What to work out beside the options at the target; give it once for each. All by default.",
)
@SECONDS
@click.option(
    "--mix-seconds",
    type=click.FloatRange(min=0, max=MOST_SECONDS, min_open=True),
    default=MIX_SECONDS,
    show_default=True,
    help="How long to search for the best mix, and less than as long again for mixes nearly as cheap.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder for the answer as tables, as JSON and as a memo. Files of an earlier decision are replaced, but "
    "only on success.",
)
@click.option(
    "--lang",
    "languages",
    type=click.Choice(list(CODES)),
    multiple=True,
    default=CODES,
    help="Languages of the memo in DIR; both by default.",
)
@ENCODING
@PROGRESS
def decide(
    plan_file: Path,
    abandonment: float | None,
    months: int | None,
    parts: tuple[Part, ...],
    seconds: float | None,
    mix_seconds: float,
    out: Path | None,
    languages: tuple[str, ...],
    encoding: Encoding,
    style: Style,
) -> None:
    """Decide how to staff a desk: every option at the same target, the best mix, and what the answer hangs on.

    Prints the options with what each costs and reaches, the best mix with its bound, the volumes at which another
    option is the better one, the measures that avoid lost calls at the least cost each, and the inputs that move the
    answer. With --out the same as CSV files, decision.json, and a memo as HTML page and Excel workbook.
    """
    report = reporter(style)
    with stoppable(style) as stop:
        config = read_config(plan_file)
        if out is not None:
            check_target(config, out, encoding, FILES)
        found = work_out(
            config,
            abandonment=abandonment,
            months=months,
            parts=parts or PARTS,
            seconds=seconds,
            mix_seconds=mix_seconds,
            progress=report,
            stop=stop.is_set,
        )
        files: tuple[Path, ...] = ()
        if out is not None:
            report(ProgressEvent("export", 0.98, Note.of("Writing the files")))
            files = write_decision(found, out, encoding=encoding, languages=languages)
    report(ProgressEvent("done", 1.0, Note.of("Done")))
    if style != "json":
        for line in decision_lines(found):
            click.echo(line)
        for file in files:
            click.echo(str(file))
