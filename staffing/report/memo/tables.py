"""The tables of a decision memo: options, bills, assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isnan

from staffing.notes import Note
from staffing.report import colours
from staffing.report.document import Chart, Column, Series, Table, Value
from staffing.report.memo.memo import Bill, DecisionMemo
from staffing.report.memo.months import merged
from staffing.sourcing.figures import LABELS
from staffing.wording.decision_words import note_text
from staffing.wording.language import Language, money_unit
from staffing.wording.origins import origin_text
from staffing.wording.words import OPTIONS, SOURCES, phrase


def said(note: Note, lang: Language) -> str:
    """A note in the reader's language, with options called as the tables call them."""
    return note_text(lang, note.text, dict(note.values))


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
        *((Column("lost", tr("worth of lost calls"), "money"),) if memo.lost else ()),
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
            *((option.lost_calls_cost,) if memo.lost else ()),
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
            None if isnan(option.asa_seconds) else Value(option.asa_seconds, "seconds"),
            "; ".join(said(note, lang) for note in option.notes),
        )
        for option in memo.ranked
    )
    known = [place for place in range(len(columns)) if any(row[place] is not None for row in rows)]
    shown = tuple(tuple(row[place] for place in known) for row in rows)
    kept = tuple(columns[place] for place in known)
    return Table("option-details", tr("The options in full"), kept, shown)


def bill_tables(memo: DecisionMemo, lang: Language) -> Iterator[Table]:
    """An option's bill, and below it what its lost calls are worth: quantity x rate = amount, line by line."""
    for option in memo.ranked:
        name = phrase(lang, OPTIONS, option.name)
        own = merged([line for line in memo.bills if line.option == option.name])
        lost = merged([line for line in memo.lost if line.option == option.name])
        title = lang.tr("Bill: {option}", option=name)
        yield _lines(anchor("bill", option.name), title, own, option.total, memo, lang)
        if lost:
            title = lang.tr("Lost calls, not paid out: {option}", option=name)
            yield _lines(anchor("lost", option.name), title, lost, option.lost_calls_cost or 0, memo, lang)


def _lines(
    key: str, title: str, lines: Iterable[Bill], total: int, memo: DecisionMemo, lang: Language
) -> Table:
    tr = lang.tr
    columns = (
        Column("item", tr("Item")),
        Column("month", tr("Month"), "code"),
        Column("quantity", tr("Quantity"), "number"),
        Column("unit", tr("Unit"), "code"),
        Column("rate", tr("Rate"), "number"),
        Column("amount", tr("Amount"), "money", total=True),
        Column("label", tr("Kind of figure"), "code"),
        Column("where", tr("Where from")),
    )
    rows = tuple(
        (
            lang.sentence(line.item),
            line.month,
            line.quantity,
            lang.sentence(line.unit),
            line.rate,
            line.amount,
            tr(SOURCES[line.label]),
            origin_text(lang, line.where),
        )
        for line in lines
    )
    note = "" if money_unit(memo.currency) == 1 else tr("Rates are in the smallest unit of the currency.")
    return Table(key, title, columns, rows, note=note, foot=(tr("Total"), "", "", "", "", total, "", ""))


def assumption_table(memo: DecisionMemo, lang: Language) -> Table:
    """Every assumption with the kind of evidence behind it, the weakest kind first."""
    tr = lang.tr
    columns = (
        Column("name", tr("Assumption")),
        Column("value", tr("Value"), "number"),
        Column("unit", tr("Unit"), "code"),
        Column("label", tr("Kind of figure"), "code"),
        Column("where", tr("Where from")),
    )
    weakest = {
        label: place for place, label in enumerate(("example", *(x for x in LABELS if x != "example")))
    }
    order = sorted(memo.assumptions, key=lambda item: weakest[item.label])
    rows = tuple(
        (
            named(item.name, lang),
            item.value,
            lang.sentence(item.unit),
            tr(SOURCES[item.label]),
            origin_text(lang, item.where),
        )
        for item in order
    )
    return Table("assumptions", tr("Assumptions"), columns, rows)


def named(name: str, lang: Language) -> str:
    """A figure as it is called, such as "in-house: wage an hour" or "call beyond those included (2)"."""
    option, colon, figure = name.partition(": ")
    if colon:
        return f"{phrase(lang, OPTIONS, option)}: {named(figure, lang)}"
    words, bracket, number = name.partition(" (")
    if bracket and number.rstrip(")").isdigit():
        return f"{lang.sentence(words)} ({number}"
    return lang.sentence(name)
