"""The tables of a decision memo: options, bills, assumptions."""

from __future__ import annotations

from staffing.notes import Note
from staffing.report import colours
from staffing.report.document import Cell, Chart, Column, Series, Table, Value
from staffing.report.memo.memo import Assumption, DecisionMemo
from staffing.sourcing.figures import LABELS
from staffing.wording.language import Language, money_unit
from staffing.wording.words import OPTIONS, SOURCES, phrase


def said(note: Note, lang: Language) -> str:
    """A note in the reader's language."""
    return lang.note({"text": note.text, "values": dict(note.values)})


def anchor(kind: str, name: object) -> str:
    """What a row of the appendix is called, so that the page in front can point at it."""
    plain = "".join(character if character.isalnum() else "-" for character in str(name))
    return f"{kind}-{plain}"


def options_table(memo: DecisionMemo, lang: Language) -> Table:
    """All options at equal service; those that meet the target first, the recommended one stands out."""
    tr = lang.tr
    columns = (
        Column("option", tr("Option")),
        Column("bought", tr("What is bought")),
        Column("total", tr("Cost"), "money"),
        Column("per_call", tr("per handled call"), "money"),
        Column("abandonment", tr("(aband. + blocked) / offered"), "share"),
        Column("service_level", tr("in time / offered"), "share"),
        Column("verdict", tr("Target"), "code"),
    )
    rows = tuple(
        (
            phrase(lang, OPTIONS, option.name),
            said(option.bought, lang),
            option.total,
            option.per_call,
            option.abandonment,
            option.service_level,
            tr("met") if option.meets_target else tr("missed"),
        )
        for option in memo.ranked
    )
    names = [option.name for option in memo.ranked]
    strong = frozenset(i for i, name in enumerate(names) if name == memo.recommended)
    return Table(
        "options",
        tr("All options at the same target"),
        columns,
        rows,
        note=tr("Each name leads to its bill in the appendix."),
        strong=strong,
        links=tuple(anchor("bill", name) for name in names),
    )


def options_chart(memo: DecisionMemo, lang: Language) -> Chart:
    """Cost by option; blue meets the target, orange misses it."""
    tr = lang.tr
    met = frozenset(i for i, option in enumerate(memo.ranked) if option.meets_target)
    return Chart(
        "options",
        tr("Cost over the period"),
        tr("Blue meets the target, orange misses it."),
        "option",
        (Series("total", tr("Cost"), "bar", colours.BLUE),),
        "money",
        totals=met,
        flat=True,
    )


def detail_table(memo: DecisionMemo, lang: Language) -> Table:
    """What page one leaves out: once and every month, present value, quantiles, what each option says."""
    tr = lang.tr
    columns = (
        Column("option", tr("Option")),
        Column("total", tr("Cost"), "money"),
        Column("once", tr("of which once"), "money"),
        Column("present_value", tr("Present value"), "money"),
        Column("low", tr("Low"), "money"),
        Column("high", tr("High"), "money"),
        Column("handled", tr("Handled calls"), "count"),
        Column("asa", tr("ASA of the answered, s"), "seconds"),
        Column("notes", tr("Remarks")),
    )
    rows = tuple(
        (
            phrase(lang, OPTIONS, option.name),
            option.total,
            option.once,
            option.present_value,
            option.low,
            option.high,
            option.handled_calls,
            Value(option.asa_seconds, "seconds"),
            "; ".join(said(note, lang) for note in option.notes),
        )
        for option in memo.ranked
    )
    return Table("option-details", tr("The options in full"), columns, rows)


def bill_tables(memo: DecisionMemo, lang: Language) -> tuple[Table, ...]:
    """An option's bill: quantity x rate = amount, line by line."""
    tr = lang.tr
    columns = (
        Column("item", tr("Item")),
        Column("month", tr("Month"), "code"),
        Column("quantity", tr("Quantity"), "number"),
        Column("unit", tr("Unit")),
        Column("rate", tr("Rate"), "number"),
        Column("amount", tr("Amount"), "money", total=True),
        Column("label", tr("Kind of figure")),
        Column("where", tr("Where from")),
    )
    note = "" if money_unit(memo.currency) == 1 else tr("Rates are in the smallest unit of the currency.")
    made = []
    for option in memo.ranked:
        lines = [line for line in memo.bills if line.option == option.name]
        rows: list[tuple[Cell, ...]] = [
            (
                lang.sentence(line.item),
                line.month,
                line.quantity,
                lang.sentence(line.unit),
                line.rate,
                line.amount,
                tr(SOURCES[line.label]),
                line.where,
            )
            for line in lines
        ]
        foot: tuple[Cell, ...] = (tr("Total"), "", "", "", "", option.total, "", "")
        name = phrase(lang, OPTIONS, option.name)
        title = tr("Bill: {option}", option=name)
        key = anchor("bill", option.name)
        made.append(Table(key, title, columns, tuple(rows), foot=foot, note=note))
    return tuple(made)


def assumption_table(memo: DecisionMemo, lang: Language) -> Table:
    """Every assumption with the kind of evidence behind it, the weakest kind first."""
    tr = lang.tr
    columns = (
        Column("name", tr("Assumption")),
        Column("value", tr("Value"), "number"),
        Column("unit", tr("Unit")),
        Column("label", tr("Kind of figure")),
        Column("where", tr("Where from")),
    )
    weakest = {
        label: place for place, label in enumerate(("example", *(x for x in LABELS if x != "example")))
    }
    order = sorted(memo.assumptions, key=lambda item: weakest[item.label])
    rows = tuple(
        (_named(item, lang), item.value, lang.sentence(item.unit), tr(SOURCES[item.label]), item.where)
        for item in order
    )
    return Table("assumptions", tr("Assumptions"), columns, rows)


def _named(item: Assumption, lang: Language) -> str:
    option, colon, name = item.name.partition(": ")
    return f"{phrase(lang, OPTIONS, option)}: {lang.sentence(name)}" if colon else lang.sentence(option)
