"""How cells look: fonts that hold Japanese, and a number format for each kind of number."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from babel.numbers import get_currency_precision, get_currency_symbol

from staffing.report.document import Kind
from staffing.wording.language import Language

FONTS = {"ja": "Yu Gothic", "en": "Arial"}
_DAYS = {"ja": '[$-411]yyyy"年"m"月"d"日"\\(aaa\\)', "en": "[$-409]ddd d mmm yyyy"}
SHORT_DAYS = {"ja": "m/d", "en": "d mmm"}  # on an axis
_NUMBERS: dict[str, str] = {
    "count": "#,##0",
    "decimal": "#,##0.0",
    "hours": "#,##0.0",
    "seconds": "#,##0.0",
    "share": "0.0%",
    "percent": '0.0"%"',
    "number": "#,##0.00##",
}
INK, BLUE, WASH = "#1F2937", "#00507E", "#F3F4F6"


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any, lang: Language, currency: str) -> None:
        """Formats for a workbook (of XlsxWriter) in a language, with money in a currency."""
        self._book, self._lang, self._currency = book, lang, currency
        self._made: dict[tuple[object, ...], Any] = {}

    def number_format(self, kind: Kind, *, signed: bool = False) -> str:
        """The code that Excel shows a number of this kind by."""
        if kind == "day":
            return _DAYS[self._lang.code]
        if kind == "points":
            unit = self._lang.tr("{number} points", number="0.0").replace("0.0", "")
            code = f'0.0"{unit}"'
        else:
            code = self._money if kind == "money" else _NUMBERS.get(kind, "General")
        return f"+{code};-{code};{code}" if signed else code

    @cached_property
    def _money(self) -> str:
        digits = get_currency_precision(self._currency)
        number = "#,##0" + ("." + "0" * digits if digits else "")
        if self._lang.code == "ja" and self._currency == "JPY":
            return f'{number}"円"'
        symbol = get_currency_symbol(self._currency, locale=self._lang.locale)
        return f'"{symbol}"{number}'

    def cell(
        self, kind: Kind = "text", *, signed: bool = False, strong: bool = False, foot: bool = False
    ) -> Any:
        """The look of a cell in a table."""
        look: dict[str, Any] = {"valign": "top", "bottom": 1, "bottom_color": "#D1D5DB"}
        if kind == "text":
            look |= {"text_wrap": True, "align": "left", "indent": 1}  # off the number before it
        else:
            look |= {
                "num_format": self.number_format(kind, signed=signed),
                "align": "left" if kind == "day" else "right",
            }
        if strong or foot:
            look["bold"] = True
        if foot:
            look |= {"top": 2, "bottom": 0}
        return self._format("cell", **look)

    def heading(self, *, number: bool) -> Any:
        """The head of a column."""
        place: dict[str, Any] = {"align": "right"} if number else {"align": "left", "indent": 1}
        look = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2, "bg_color": WASH}
        return self._format("heading", **place, **look)

    @property
    def title(self) -> Any:
        """The first line of a sheet."""
        return self._format("title", bold=True, font_size=14, font_color=BLUE)

    @property
    def caption(self) -> Any:
        """The line above a table."""
        return self._format("caption", bold=True)

    @property
    def small(self) -> Any:
        """Remarks, and columns that only charts read."""
        return self._format("small", font_size=9, font_color="#6B7280")

    @property
    def link(self) -> Any:
        """A name that leads to another table."""
        look = {"valign": "top", "bottom": 1, "bottom_color": "#D1D5DB", "align": "left"}
        return self._format("link", indent=1, font_color=BLUE, underline=1, text_wrap=True, **look)

    def _format(self, name: str, **look: Any) -> Any:
        key = (name, *sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]
