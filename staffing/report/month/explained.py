"""The tables and pictures of what changed, and the sentences that say it."""

from __future__ import annotations

from staffing.report import colours
from staffing.report.document import Cell, Chart, Column, Kind, Series, Table, Value
from staffing.report.month.changes import Change, Subject
from staffing.report.values import number_text
from staffing.wording.language import Language
from staffing.wording.words import mark

SUBJECTS: dict[Subject, str] = {
    "abandonment": mark("Abandon rate, (abandoned + blocked) / offered"),
    "handling": mark("Handling hours of the calls offered"),
    "cost": mark("Cost"),
}
PARTS = {
    ("abandonment", "calls"): mark("Calls and when they came"),
    ("abandonment", "aht"): mark("AHT"),
    ("abandonment", "agents"): mark("Agents on duty and when"),
    ("abandonment", "patience"): mark("Callers' patience"),
    ("abandonment", "blocked"): mark("Lines full"),
    ("abandonment", "rest"): mark("Rest, not explained by the model"),
    ("handling", "days"): mark("Days and weekdays"),
    ("handling", "calls"): mark("Calls on like weekdays"),
    ("handling", "aht"): mark("AHT"),
    ("cost", "agents"): mark("Agent-hours"),
    ("cost", "rate"): mark("Cost of an agent-hour"),
}
KINDS: dict[Subject, Kind] = {"abandonment": "share", "handling": "hours", "cost": "money"}
AGAINST = {"month": mark("against the month before"), "plan": mark("against the plan")}


def change_table(change: Change, lang: Language) -> Table:
    """From the figure then to the figure now, a part a row."""
    tr = lang.tr
    title = f"{tr(SUBJECTS[change.subject])}: {tr(AGAINST[change.against])}"
    start = tr("Month before") if change.against == "month" else tr("Plan")
    rows: list[tuple[Cell, ...]] = [
        (start, _level(change, change.before)),
        *((tr(PARTS[change.subject, part]), _part(change, value)) for part, value in change.parts),
        (tr("This month"), _level(change, change.after)),
    ]
    columns = (Column("part", tr("Part")), Column("value", tr("Value"), "decimal", signed=True))
    note = _note(change, lang)
    ends = frozenset({0, len(rows) - 1})
    return Table(f"{change.subject}_{change.against}", title, columns, tuple(rows), note=note, strong=ends)


def change_chart(change: Change, lang: Language, currency: str) -> Chart:
    """A waterfall over the table's rows."""
    table = change_table(change, lang)
    return Chart(
        table=table.key,
        title=table.title,
        description=change_sentence(change, lang, currency),
        labels="part",
        series=(Series("value", lang.tr("Value"), "bar", colours.BLUE),),
        kind="percent" if change.subject == "abandonment" else KINDS[change.subject],
        steps=True,
        totals=table.strong,
    )


def change_sentence(change: Change, lang: Language, currency: str) -> str:
    """What changed, and the part that did most."""
    tr = lang.tr
    kind = KINDS[change.subject]
    before, after = (number_text(value, kind, lang, currency) for value in (change.before, change.after))
    subject, against = tr(SUBJECTS[change.subject]), tr(AGAINST[change.against])
    gaps = {"subject": subject, "against": against, "before": before, "after": after}
    if change.against == "plan":
        text = tr("{subject}, {against}: {before} planned, {after} now.", **gaps)
    else:
        text = tr("{subject}, {against}: {before} before, {after} now.", **gaps)
    if not change.parts:
        return text
    part, value = max(change.parts, key=lambda item: abs(item[1]))
    cell = _part(change, value)
    most = tr(
        "The largest part: {part}, {value}.",
        part=tr(PARTS[change.subject, part]),
        value=number_text(cell.number, cell.kind, lang, currency, signed=True),
    )
    return lang.joined(text, most)


def _level(change: Change, value: float) -> Value:
    if change.subject == "abandonment":
        return Value(100 * value, "percent")
    return Value(value, "hours" if change.subject == "handling" else "money")


def _part(change: Change, value: float) -> Value:
    level = _level(change, value)
    return Value(level.number, "points" if level.kind == "percent" else level.kind, signed=True)


def _note(change: Change, lang: Language) -> str:
    tr = lang.tr
    if change.note is not None:
        return lang.note({"text": change.note.text, "values": dict(change.note.values)})
    if change.subject == "handling":
        return tr(
            "sum over weekdays of days x calls a day, x AHT / 3,600; each factor's mean part over all orders "
            "(Shapley)"
        )
    if change.subject == "cost":
        return tr("agent-hours x cost of an agent-hour; each factor's mean part over both orders (Shapley)")
    return tr(
        "Erlang A over the month's intervals with each driver as it is now or was then; each driver's mean part over "
        "all orders (Shapley); the intervals compared hold {share} of the calls",
        share=lang.percent(change.covered, 0),
    )
