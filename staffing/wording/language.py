"""The two languages of dashboard and reports: translated sentences, and numbers, money and dates as written."""

from __future__ import annotations

import gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, get_currency_precision

from staffing.wording.templates import Templates

CODES = ("ja", "en")
NAMES = {"ja": "日本語", "en": "English"}  # each in its own language, so that its readers find it
_LOCALES = {"ja": "ja_JP", "en": "en"}
_DAY = {"ja": "M月d日(EEE)", "en": "EEE d MMM"}
_SHORT = {"ja": "M/d(EEE)", "en": "EEE d MMM"}
_DATE = {"ja": "y年M月d日(EEE)", "en": "EEE d MMM y"}
_MONTH = {"ja": "y年M月", "en": "MMMM y"}


@dataclass(frozen=True, eq=False)
class Language:
    """Translates and formats for one language; `tr` returns its argument where no translation exists."""

    code: str
    catalog: gettext.NullTranslations
    templates: Templates = field(repr=False)

    @property
    def locale(self) -> Locale:
        """Babel's locale."""
        return Locale.parse(_LOCALES[self.code])

    def tr(self, text: str, /, **values: object) -> str:
        """The text in this language, its named gaps filled with `values` as they stand."""
        translated = self.catalog.gettext(text) if text else ""
        return translated.format(**values) if values else translated

    def note(self, note: object) -> str:
        """A note as a plan's summary stores it (`{"text", "values"}`), or a plain sentence, in this language."""
        if not isinstance(note, Mapping):
            return self.sentence(str(note))
        values = {
            str(name): self.sentence(str(value)) for name, value in dict(note.get("values") or {}).items()
        }
        text = str(note.get("text", ""))
        try:
            return self.catalog.gettext(text).format(**values) if text else ""
        except (KeyError, IndexError, ValueError):  # a note of another version, whose gaps differ
            return text

    def sentence(self, text: str) -> str:
        """A sentence that arrives with its gaps already filled, such as what a file reader expected.

        The template behind it is looked up among the known ones; a sentence without one comes back as it is.
        """
        translated = self.catalog.gettext(text) if text else ""
        if translated != text:
            return translated
        found = self.templates.match(text)
        if found is None:
            return self._in_parts(text)
        template, values = found
        return self.catalog.gettext(template).format(**{name: self.sentence(v) for name, v in values.items()})

    def _in_parts(self, text: str) -> str:
        """A sentence after `: ` or `; `, or one with an addition in brackets at its end."""
        sign, rest = text[:2], text[2:]
        if sign in (": ", "; ") and rest:
            return sign + self.sentence(rest)
        first, bracket, addition = text.partition(" (")
        if first and bracket and (added := self.sentence(bracket + addition)) != bracket + addition:
            return self.sentence(first) + added
        return text

    def joined(self, *sentences: str) -> str:
        """Whole sentences, one after another; Japanese sets no space between them."""
        return ("" if self.code == "ja" else " ").join(sentences)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with thousands separators and exactly `digits` decimals."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return str(format_decimal(value, format=pattern, locale=self.locale))

    def percent(self, share: float, digits: int = 1) -> str:
        """A share between 0 and 1 as a percentage."""
        return (
            f"{self.number(share * 100, digits)} %"
            if self.code == "en"
            else f"{self.number(share * 100, digits)}%"
        )

    def money(self, amount: float, currency: str) -> str:
        """An amount given in the currency's smallest unit."""
        value = amount / money_unit(currency)
        if self.code == "ja" and currency == "JPY":
            return f"{self.number(value)}円"
        return str(format_currency(value, currency, locale=self.locale))

    def day(self, value: date) -> str:
        """A day without its year, with its weekday."""
        return str(format_date(value, format=_DAY[self.code], locale=self.locale))

    def short_day(self, value: date) -> str:
        """The same in as little space as possible, for the heads of columns."""
        return str(format_date(value, format=_SHORT[self.code], locale=self.locale))

    def month(self, value: date) -> str:
        """The month of a day, with its year."""
        return str(format_date(value, format=_MONTH[self.code], locale=self.locale))

    def country(self, code: str) -> str:
        """A country's name."""
        return str(self.locale.territories.get(code, code))

    def date(self, value: date | str) -> str:
        """A day with its year and weekday; ISO text is accepted."""
        day = date.fromisoformat(value[:10]) if isinstance(value, str) else value
        return str(format_date(day, format=_DATE[self.code], locale=self.locale))

    def moment(self, value: datetime) -> str:
        """A day and a time of day."""
        return f"{self.date(value.date())} {value:%H:%M}"

    def weekdays(self, width: str = "abbreviated") -> list[str]:
        """The names of the days, Monday first."""
        names: Mapping[int, str] = self.locale.days["stand-alone"][width]
        return [names[index] for index in range(7)]


def money_unit(currency: str) -> int:
    """How many of the smallest unit make one of the currency: 1 for the yen, 100 for the euro."""
    return int(10 ** get_currency_precision(currency))


@cache
def language(code: str) -> Language:
    """One of the two languages.

    Raises:
        KeyError: for a code that is not in `CODES`.
    """
    if code not in CODES:
        raise KeyError(f"language {code!r} is not one of {', '.join(CODES)}")
    source = resources.files("staffing").joinpath("locale", code, "LC_MESSAGES", "staffing.po")
    with source.open("rb") as stream:
        catalog = read_po(stream, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    texts = [str(message.id) for message in catalog if isinstance(message.id, str) and message.id]
    return Language(code, gettext.GNUTranslations(compiled), Templates.of(texts))


def preferred(named: str | None, browser_locale: str | None) -> str:
    """The code to begin with: the one named, else Japanese for a Japanese browser and English for all others."""
    if named in CODES:
        return str(named)
    return "ja" if (browser_locale or "").lower().startswith("ja") else "en"


def known(values: Mapping[str, Any], name: str) -> bool:
    """Whether a figure of a summary is there: neither missing nor null."""
    return values.get(name) is not None
