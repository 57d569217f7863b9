"""The workbook, read back from its XML: numbers as numbers, formulas with their results, charts, panes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from staffing.demand import History
from staffing.report.document import Column, Document, Section, Table
from staffing.report.month.document import month_document
from staffing.report.month.planned import Planned
from staffing.report.month.report import month_report
from staffing.report.xlsx import workbook
from staffing.wording.language import language
from tests.report.pages import Sheet, read_workbook

DAY = date(2027, 2, 28)


def document_in(code: str, history: History, plan: Planned, currency: str = "JPY") -> Document:
    report = month_report(history, "2027-02", name="Desk", plan=replace(plan, currency=currency))
    return month_document(report, language(code))


@pytest.fixture(scope="module")
def english(history: History, plan: Planned) -> dict[str, Sheet]:
    return read_workbook(workbook(document_in("en", history, plan), language("en")))


def column(sheet: Sheet, name: str) -> str:
    """The letters of the column with this heading."""
    return next(re.sub(r"\d", "", place) for place, value in sheet.cells.items() if value == name)


def test_the_sheets_in_reading_order(english: dict[str, Sheet], history: History, plan: Planned) -> None:
    assert list(english) == [
        "Summary",
        "Changes",
        "By day",
        "By week",
        "Days with most lost calls",
        "Hours",
        "Notes",
    ]
    japanese = read_workbook(workbook(document_in("ja", history, plan), language("ja")))
    assert list(japanese) == ["要約", "変化の内訳", "日別", "週別", "失った呼が多い日", "時間帯", "注記"]


def test_days_hold_the_sums_of_the_records(english: dict[str, Sheet]) -> None:
    """20 days of February in rows 5 to 24, below title, caption and header; sums in row 25."""
    sheet = english["By day"]
    offered = column(sheet, "Offered")
    cells = [sheet.cells[f"{offered}{row}"] for row in range(5, 25)]
    assert cells == [92, 72, 72, 72, 72] * 4
    assert sheet.formulas[f"{offered}25"] == f"SUM({offered}5:{offered}24)"
    assert sheet.cells[f"{offered}25"] == 1520


def test_shares_are_formulas_of_their_row(english: dict[str, Sheet]) -> None:
    sheet = english["By day"]
    abandoned, blocked, offered = (column(sheet, name) for name in ("Abandoned", "Blocked", "Offered"))
    share = column(sheet, "(aband. + blocked) / offered")
    assert sheet.formulas[f"{share}5"] == f'IFERROR(({abandoned}5+{blocked}5)/{offered}5,"")'
    assert sheet.cells[f"{share}5"] == pytest.approx((29 + 3) / 92)
    assert sheet.formats[f"{share}5"] == "0.0%"


def test_every_formula_gives_the_number_that_stands_with_it(english: dict[str, Sheet]) -> None:
    """Worked out again from the cells it names."""
    checked = 0
    for sheet in english.values():
        for place, formula in sheet.formulas.items():
            total = re.fullmatch(r"SUM\(([A-Z]+)(\d+):\1(\d+)\)", formula)
            if total:
                letters, first, last = total[1], int(total[2]), int(total[3])
                found = sum(float(sheet.cells.get(f"{letters}{row}", 0)) for row in range(first, last + 1))
            else:
                inside = formula.removeprefix("IFERROR(").removesuffix(',"")')
                for name in sorted(set(re.findall(r"[A-Z]+\d+", inside)), key=len, reverse=True):
                    inside = inside.replace(name, str(sheet.cells[name]))
                found = eval(inside)
            assert sheet.cells[place] == pytest.approx(found), (place, formula)
            checked += 1
    assert checked > 80


def test_panes_are_frozen_below_the_header(english: dict[str, Sheet]) -> None:
    assert english["By day"].frozen == "B5"
    assert english["Changes"].frozen == "A2"


def test_charts_are_native(english: dict[str, Sheet]) -> None:
    charts = {name: sheet.charts for name, sheet in english.items()}
    assert charts == {
        "Summary": 0,
        "Changes": 3,
        "By day": 2,
        "By week": 1,
        "Days with most lost calls": 0,
        "Hours": 2,
        "Notes": 0,
    }


def test_days_are_dates_and_fonts_hold_japanese(history: History, plan: Planned) -> None:
    sheet = read_workbook(workbook(document_in("ja", history, plan), language("ja")))["日別"]
    assert sheet.cells["A5"] == 46419  # 1 February 2027, counted as spreadsheets do
    assert sheet.formats["A5"].startswith('[$-411]yyyy"年"')
    assert {sheet.fonts[place] for place in sheet.cells} == {"Yu Gothic"}


@pytest.mark.parametrize(
    ("code", "currency", "amount", "format_code"),
    [
        ("ja", "JPY", 225_000, '#,##0"円"'),
        ("en", "JPY", 225_000, '"¥"#,##0'),
        ("en", "EUR", 2_250, '"€"#,##0.00'),
    ],
)
def test_money_is_a_number_in_its_currency(
    code: str, currency: str, amount: float, format_code: str, history: History, plan: Planned
) -> None:
    """The smallest unit is a yen, or a cent."""
    sheets = read_workbook(workbook(document_in(code, history, plan, currency), language(code)))
    sheet = next(iter(list(sheets.values())[1:]))
    places = [p for p, value in sheet.cells.items() if value == amount and sheet.formats[p] == format_code]
    assert places


def test_text_is_never_a_formula() -> None:
    columns = (Column("a", "=2+2"), Column("b", "B", "count"))
    table = Table("t", "=1+1", columns, (("=cmd|'/c calc'!A1", 1), ("http://x", 2)))
    section = Section("s", "@x", "=S", ("+1",), (table,))
    made = Document("=3+3", "s", "JPY", DAY, (section,), (("=a", "=b"),))
    (sheet,) = read_workbook(workbook(made, language("en"))).values()
    assert sheet.formulas == {}
    assert {"=cmd|'/c calc'!A1", "=1+1", "=2+2", "+1", "http://x"} <= set(sheet.cells.values())


def test_names_of_sheets_are_ones_that_excel_takes() -> None:
    sections = tuple(
        Section(str(number), "x", name)
        for number, name in enumerate(("a/b:c*d?[e]", "A b c d  e ", "x" * 40, "x" * 40, ""))
    )
    made = Document("t", "s", "JPY", DAY, sections)
    names = list(read_workbook(workbook(made, language("en"))))
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert len({name.casefold() for name in names}) == 5


def test_the_same_report_gives_the_same_bytes(history: History, plan: Planned) -> None:
    lang = language("en")
    assert workbook(document_in("en", history, plan), lang) == workbook(
        document_in("en", history, plan), lang
    )
