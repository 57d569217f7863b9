"""The tables of a decision memo on what was worked out beside the options: mix, break-even, measures, sensitivity."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from staffing.report.document import Column, Table
from staffing.report.memo.memo import DecisionMemo
from staffing.report.memo.tables import anchor, named, said
from staffing.wording.language import Language
from staffing.wording.words import OPTIONS, SOURCES, phrase, source_phrase


def first(table: Table, most: int, key: str) -> Table:
    """The first rows, each leading to its row in the whole table."""
    return replace(
        table, key=key, rows=table.rows[:most], links=table.anchors[:most], anchors=(), note="", foot=None
    )


def mix_table(memo: DecisionMemo, lang: Language) -> Table | None:
    """The best mix by source."""
    tr = lang.tr
    if memo.mix is None:
        return None
    columns = (
        Column("source", tr("Taken by")),
        Column("bought", tr("What is bought")),
        Column("calls", tr("Calls"), "count", total=True),
        Column("share", tr("Share of calls"), "share"),
        Column("cost", tr("Cost"), "money", total=True),
    )
    rows = tuple(
        (
            source_phrase(lang, part.source),
            said(part.bought, lang),
            part.calls,
            part.calls / memo.calls if memo.calls else None,
            part.cost,
        )
        for part in memo.mix.parts
    )
    calls = sum(part.calls for part in memo.mix.parts)
    foot = (tr("Total"), "", calls, calls / memo.calls if memo.calls else None, memo.mix.total)
    note = tr(
        "No mix costs less than {bound}: within {gap} of the cheapest.",
        bound=lang.money(memo.mix.bound, memo.currency),
        gap=lang.percent(memo.mix.gap, 2),
    )
    names = tuple(anchor("mix", part.source) for part in memo.mix.parts)
    return Table("mix", tr("The best mix"), columns, rows, note=note, foot=foot, anchors=names)


def runner_table(memo: DecisionMemo, lang: Language) -> Table | None:
    """Mixes nearly as good, and what would tip the decision."""
    tr = lang.tr
    if memo.mix is None or not memo.mix.runners_up:
        return None
    columns = (
        Column("mix", tr("Mix")),
        Column("total", tr("Cost"), "money"),
        Column("more", tr("more than the best"), "money", signed=True),
        Column("tips", tr("Would win if")),
    )
    best = memo.mix.total
    rows = tuple(
        (
            " + ".join(source_phrase(lang, source) for source in r.name.split(" + ")),
            r.total,
            r.total - best,
            said(r.tips_at, lang),
        )
        for r in memo.mix.runners_up
    )
    return Table("runners-up", tr("Mixes nearly as good"), columns, rows)


def break_even_table(memo: DecisionMemo, lang: Language) -> Table:
    """From which volume another option is the better one."""
    tr = lang.tr
    columns = (
        Column("below", tr("Better below")),
        Column("above", tr("Better from here on")),
        Column("calls", tr("Calls a month"), "count"),
        Column("reason", tr("Because of")),
    )
    rows = tuple(
        (
            phrase(lang, OPTIONS, row.below),
            phrase(lang, OPTIONS, row.above),
            row.calls,
            said(row.reason, lang),
        )
        for row in memo.break_even
    )
    names = tuple(anchor("break-even", number) for number in range(1, len(rows) + 1))
    return Table("break-even", tr("Break-even at the same service"), columns, rows, anchors=names)


def measure_table(memo: DecisionMemo, lang: Language) -> Table:
    """Measures against abandonment, cheapest per call saved first."""
    tr = lang.tr
    columns = (
        Column("measure", tr("Measure")),
        Column("total", tr("Cost"), "money"),
        Column("once", tr("of which once"), "money"),
        Column("monthly", tr("a month"), "money"),
        Column("saved", tr("Calls saved"), "count"),
        Column("per_call", tr("per call saved"), "money", formula="{total}/{saved}"),
        Column("low", tr("Low"), "money"),
        Column("high", tr("High"), "money"),
        Column("label", tr("Kind of figure"), "code"),
    )
    order = sorted(memo.measures, key=lambda m: inf if m.per_call_saved is None else m.per_call_saved)
    rows = tuple(
        (
            lang.sentence(m.name),
            m.total,
            m.once,
            m.monthly,
            m.calls_saved,
            m.per_call_saved,
            m.low,
            m.high,
            tr(SOURCES[m.label]),
        )
        for m in order
    )
    names = tuple(anchor("measure", m.name) for m in order)
    return Table("measures", tr("Measures against abandonment"), columns, rows, anchors=names)


def sensitivity_table(memo: DecisionMemo, lang: Language) -> Table:
    """Inputs by how far they move the total of what is recommended."""
    tr = lang.tr
    low, high = tr("Cost at low"), tr("Cost at high")
    if memo.sensitivity_of_month:
        low, high = tr("Cost a month at low"), tr("Cost a month at high")
    columns = (
        Column("input", tr("Input")),
        Column("low", tr("Low")),
        Column("high", tr("High")),
        Column("total_low", low, "money"),
        Column("total_high", high, "money"),
        Column("swing", tr("Swing"), "money"),
        Column("best_low", tr("Best at low")),
        Column("best_high", tr("Best at high")),
    )
    order = sorted(memo.sensitivity, key=lambda row: -row.swing)
    rows = tuple(
        (
            named(row.name, lang),
            row.low,
            row.high,
            row.total_low,
            row.total_high,
            row.swing,
            phrase(lang, OPTIONS, row.best_low),
            phrase(lang, OPTIONS, row.best_high),
        )
        for row in order
    )
    names = tuple(anchor("sensitivity", row.name) for row in order)
    return Table("sensitivity", tr("What the decision depends on"), columns, rows, anchors=names)
