"""What all charts share: colours that colour-blind readers tell apart, axes for clock times and days."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pandas as pd

from staffing.report import colours
from staffing.wording.language import Language, money_unit

BLUE, SKY, GREEN, ORANGE = colours.BLUE, colours.SKY, colours.GREEN, colours.ORANGE
VERMILLION, PURPLE = colours.VERMILLION, colours.PURPLE
INK, GREY, PALE = colours.INK, colours.GREY, colours.PALE
LIGHT = "#A9D5F2"  # sky blue on white, for areas under a line
FAMILIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION, "#8C6D1F", GREY)
SEQUENCE = ["#F3F8FC", "#D3E6F4", "#A5CDE8", "#6FB0DA", "#3A8FC4", "#0072B2", "#00507E", "#00324F"]
HEIGHT = 300
# A long name breaks at the first space after 12 letters; a Japanese one, of wider letters, before a sign after four.
_LONG = "length(datum.label) > (test(/[^\\x00-\\x7f]/, datum.label) ? 12 : 24)"
_LATIN = "replace(datum.label, /^([\\x00-\\x7f]{12,}?) /, '$1\\n')"
_BROKEN = f"replace({_LATIN}, /^([^\\x00-\\x7f]{{4,}}?)([(+])/, '$1\\n$2')"
# Pixels from an axis's end within which a label is drawn inwards, so that the chart's edge does not cut it.
FLUSH = 24
LEGEND_ROW = 28  # pixels of a line of a legend

UTC = alt.Scale(type="utc")
DAYS: dict[str, Any] = {
    "tickCount": "day",
    "labelAlign": "left",
    "labelOffset": 4,
}  # a label right of midnight
FROM_ZERO = alt.Scale(zero=True)


def whole_days(begin: pd.Series, end: pd.Series) -> alt.Scale:
    """From the first day's midnight to just before the last day's, which would be labelled as a day of its own."""
    edges = (begin.min().floor("D"), end.max().ceil("D") - pd.Timedelta(seconds=1))
    return alt.Scale(type="utc", domain=[int(edge.timestamp() * 1000) for edge in edges])


def clock_axis(title: str | None = None, **options: Any) -> alt.Axis:
    """Times of one day."""
    return alt.Axis(
        title=title, labelExpr="utcFormat(datum.value, '%H:%M')", labelOverlap=True, grid=True, **options
    )


def day_axis(lang: Language, title: str | None = None, **options: Any) -> alt.Axis:
    """Days with their weekday, such as `2/14(日)` or `Sun 14/2`."""
    # Vega counts weekdays from Sunday, Babel from Monday.
    names = lang.weekdays()
    weekday = f"{json.dumps([names[6], *names[:6]], ensure_ascii=False)}[utcday(datum.value)]"
    ja = f"utcFormat(datum.value, '%-m/%-d') + '(' + {weekday} + ')'"
    en = f"{weekday} + utcFormat(datum.value, ' %-d ') + {_months(lang)}[utcmonth(datum.value)]"
    shown = {"labelOverlap": True, "grid": True, **options}
    return alt.Axis(title=title, labelExpr=ja if lang.code == "ja" else en, **shown)


def noon_axis(days: pd.Series, lang: Language) -> alt.Axis:
    """Days labelled at their middle, for bars that stand for a day; `days` are midnights without a zone."""
    noons = [
        alt.DateTime(year=day.year, month=day.month, date=day.day, hours=12, utc=True)
        for day in (pd.Timestamp(day) for day in sorted(days.unique()))
    ]
    return day_axis(lang, values=noons, grid=False)


def _months(lang: Language) -> str:
    names = lang.locale.months["stand-alone"]["abbreviated"]
    return json.dumps([names[number] for number in range(1, 13)], ensure_ascii=False)


def count_axis(title: str, **options: Any) -> alt.Axis:
    """Numbers with thousands separators."""
    return alt.Axis(title=title, format=",~f", tickMinStep=1, **options)


def share_axis(lang: Language, title: str) -> alt.Axis:
    """Shares as percentages."""
    unit = "%" if lang.code == "ja" else " %"
    return alt.Axis(title=title, labelExpr=f"format(datum.value * 100, '~f') + '{unit}'")


def money_axis(lang: Language, currency: str, title: str, **options: Any) -> alt.Axis:
    """Amounts held in the currency's smallest unit: 万円 in Japanese, thousands shortened in English."""
    unit = money_unit(currency)
    if lang.code == "ja" and currency == "JPY":
        expression = "datum.value == 0 ? '0円' : format(datum.value / 10000, ',~f') + '万円'"
    else:
        sign = lang.money(0, currency).strip("0.,\u00a0 ")
        expression = f"'{sign}' + replace(format(datum.value / {unit}, '~s'), 'G', 'bn')"
    return alt.Axis(title=title, labelExpr=expression, tickCount=6, **options)


def name_axis(limit: int = 240) -> alt.Axis:
    """Names down the side, all of them, long ones in two lines, cut off beyond `limit` pixels."""
    two = f"{_LONG} && {_BROKEN} != datum.label"
    return alt.Axis(
        title=None,
        labelLimit=limit,
        labelOverlap=False,
        labelExpr=f"{_LONG} ? split({_BROKEN}, '\\n') : datum.label",
        labelBaseline={"condition": {"test": two, "value": "bottom"}, "value": "middle"},
    )


def legend(**options: Any) -> alt.Legend:
    """A legend above the chart, long entries unabridged."""
    return alt.Legend(title=None, orient="top", labelLimit=400, symbolLimit=30, **options)


def stacked_legend() -> alt.Legend:
    """A legend above the chart with a line an entry, so that narrow screens cut nothing off; see `LEGEND_ROW`."""
    return legend(columns=1, rowPadding=2, symbolSize=100, symbolOpacity=1)


def layered(*charts: alt.Chart, height: int) -> alt.LayerChart:
    """Charts over one another; the height, axes and legend included, in pixels."""
    return alt.LayerChart(layer=list(charts), height=height)
