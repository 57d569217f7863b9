"""Calls as they were and as they are forecast."""

from __future__ import annotations

import altair as alt
import pandas as pd

from staffing.ui.charts import style
from staffing.ui.run import wall_clock
from staffing.wording.language import Language


def calls_by_day(frame: pd.DataFrame, lang: Language) -> alt.Chart:
    """History: answered and lost calls by calendar day; `frame` is `demand.csv`."""
    tr = lang.tr
    days = frame.groupby("day", as_index=False)[["answered", "abandoned", "blocked"]].sum()
    answered, lost = tr("Answered"), tr("Abandoned or blocked")
    wide = pd.DataFrame(
        {"day": days["day"], answered: days["answered"], lost: days["abandoned"] + days["blocked"]}
    )
    wide["total"] = wide[answered] + wide[lost]
    long = _day_bars(wide.melt(["day", "total"], [answered, lost], "kind", "calls"))
    # Stacked by hand: bars with a start and an end in time are not stacked.
    long["floor"] = (long["total"] - long["calls"]).where(long["kind"] == lost, 0)
    long["ceiling"] = long["floor"] + long["calls"]
    long["label"] = [lang.date(day) for day in long["day"]]
    chart: alt.Chart = (
        alt.Chart(long, height=style.HEIGHT)
        .mark_bar()
        .encode(
            x=alt.X("start:T", scale=style.UTC, axis=style.noon_axis(long["day"], lang)),
            x2="end:T",
            y=alt.Y("floor:Q", axis=style.count_axis(tr("Calls a day"))),
            y2="ceiling:Q",
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=[answered, lost], range=[style.BLUE, style.ORANGE]),
                legend=style.legend(),
            ),
            tooltip=[
                alt.Tooltip("label:N", title=tr("Day")),
                alt.Tooltip("kind:N", title=tr("Calls")),
                alt.Tooltip("calls:Q", title=tr("Number"), format=","),
            ],
        )
    )
    return chart


def forecast_by_day(frame: pd.DataFrame, lang: Language) -> alt.Chart:
    """Forecast calls by calendar day; `frame` is `forecast.csv`."""
    tr = lang.tr
    days = _day_bars(frame.groupby("day", as_index=False)[["calls"]].sum())
    days["label"] = [lang.date(day) for day in days["day"]]
    chart: alt.Chart = (
        alt.Chart(days, height=style.HEIGHT)
        .mark_bar(color=style.BLUE)
        .encode(
            x=alt.X("start:T", scale=style.UTC, axis=style.noon_axis(days["day"], lang)),
            x2="end:T",
            y=alt.Y("calls:Q", axis=style.count_axis(tr("Forecast calls a day")), scale=style.FROM_ZERO),
            y2=alt.datum(0),
            tooltip=[
                alt.Tooltip("label:N", title=tr("Day")),
                alt.Tooltip("calls:Q", title=tr("Forecast calls"), format=",.0f"),
            ],
        )
    )
    return chart


def calls_by_interval(frame: pd.DataFrame, lang: Language) -> alt.LayerChart:
    """One day's forecast by interval with its band; `frame` holds that day's rows of `forecast.csv`."""
    tr = lang.tr
    data = _intervals(frame)
    x = alt.X("from:T", scale=style.UTC, axis=style.clock_axis())
    tooltip = [
        alt.Tooltip("label:N", title=tr("Time")),
        alt.Tooltip("calls:Q", title=tr("Forecast calls"), format=",.1f"),
        alt.Tooltip("calls_low:Q", title=tr("Low"), format=",.1f"),
        alt.Tooltip("calls_high:Q", title=tr("High"), format=",.1f"),
    ]
    base = alt.Chart(data)
    band = base.mark_bar(color=style.SKY, opacity=0.35).encode(
        x=x,
        x2="to:T",
        y=alt.Y("calls_low:Q", axis=style.count_axis(tr("Calls an interval")), scale=style.FROM_ZERO),
        y2="calls_high:Q",
        tooltip=tooltip,
    )
    line = base.mark_rule(color=style.BLUE, strokeWidth=3).encode(
        x=x, x2="to:T", y="calls:Q", tooltip=tooltip
    )
    return style.layered(band, line, height=style.HEIGHT)


def heat_map(frame: pd.DataFrame, lang: Language, column: str) -> alt.Chart:
    """Mean calls by weekday and time of day; `column` is `offered` or `calls`.

    Several queues are added up before the mean over days is taken.
    """
    tr = lang.tr
    by_interval = frame.groupby(["day", "slot"], as_index=False)[column].sum()
    names = lang.weekdays()
    by_interval["weekday"] = by_interval["day"].dt.day_of_week
    mean = by_interval.groupby(["weekday", "slot"], as_index=False)[column].mean()
    mean = mean.assign(
        weekday=[names[number] for number in mean["weekday"]],
        time=[f"{slot // 60:02d}:{slot % 60:02d}" for slot in mean["slot"]],
        calls=mean[column],
    )
    chart: alt.Chart = (
        alt.Chart(mean[["weekday", "time", "calls"]], height=260)
        .mark_rect(stroke="white", strokeWidth=1)
        .encode(
            x=alt.X("time:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True)),
            y=alt.Y("weekday:O", sort=names, axis=alt.Axis(title=None)),
            color=alt.Color(
                "calls:Q",
                scale=alt.Scale(range=style.SEQUENCE, domainMin=0),
                legend=alt.Legend(title=tr("Mean calls"), orient="right", format=",.1~f"),
            ),
            tooltip=[
                alt.Tooltip("weekday:N", title=tr("Weekday")),
                alt.Tooltip("time:N", title=tr("Time")),
                alt.Tooltip("calls:Q", title=tr("Mean calls"), format=",.1f"),
            ],
        )
    )
    return chart


def handling_time(forecast: pd.DataFrame, history: pd.DataFrame, lang: Language) -> alt.LayerChart:
    """AHT by time of day, weighted by calls: the forecast as a line, the history as points where there is one."""
    tr = lang.tr
    expected, seen = tr("Forecast"), tr("History")
    scale = alt.Scale(domain=[expected, seen], range=[style.BLUE, style.ORANGE])
    planned = _mean_by_slot(
        forecast["aht_seconds"] * forecast["calls"], forecast["calls"], forecast["slot"], expected
    )
    x = alt.X("time:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True))
    tooltip = [
        alt.Tooltip("time:N", title=tr("Time")),
        alt.Tooltip("kind:N", title=tr("Source")),
        alt.Tooltip("seconds:Q", title=tr("AHT (seconds)"), format=",.0f"),
    ]

    def encoded(chart: alt.Chart) -> alt.Chart:
        return chart.encode(
            x=x,
            y=alt.Y("seconds:Q", axis=style.count_axis(tr("AHT (seconds)")), scale=style.FROM_ZERO),
            color=alt.Color("kind:N", scale=scale, legend=style.legend()),
            tooltip=tooltip,
        )

    layers = [encoded(alt.Chart(planned).mark_line(interpolate="step", strokeWidth=2.5))]
    if history.empty:
        return style.layered(*layers, height=style.HEIGHT)
    actual = _mean_by_slot(history["handle_seconds"], history["answered"], history["slot"], seen)
    layers.append(encoded(alt.Chart(actual).mark_point(filled=True, size=45)))
    return style.layered(*layers, height=style.HEIGHT)


def errors(values: dict[str, float], lang: Language) -> alt.LayerChart:
    """Forecast errors beside one another; `values` maps a translated name to a WAPE, the forecast first."""
    frame = pd.DataFrame({"name": list(values), "wape": list(values.values())})
    frame["label"] = [lang.percent(value) for value in frame["wape"]]
    frame["colour"] = [style.BLUE, *[style.PALE] * (len(frame) - 1)]
    base = alt.Chart(frame).encode(
        y=alt.Y("name:N", sort=None, axis=alt.Axis(title=None, labelLimit=300)),
        x=alt.X(
            "wape:Q",
            axis=style.share_axis(lang, lang.tr("Error of the forecast (WAPE)")),
            scale=alt.Scale(domainMin=0, domainMax=float(frame["wape"].max()) * 1.25),
        ),
    )
    bars = base.mark_bar(size=24).encode(color=alt.Color("colour:N", scale=None))
    labels = base.mark_text(align="left", dx=6, color=style.INK).encode(text="label:N")
    return style.layered(bars, labels, height=60 * len(frame))


def _mean_by_slot(total: pd.Series, weight: pd.Series, slot: pd.Series, kind: str) -> pd.DataFrame:
    sums = pd.DataFrame({"total": total, "weight": weight, "slot": slot}).groupby("slot").sum()
    sums = sums[sums["weight"] > 0]
    return pd.DataFrame(
        {
            "time": [f"{minute // 60:02d}:{minute % 60:02d}" for minute in sums.index],
            "seconds": (sums["total"] / sums["weight"]).to_numpy(),
            "kind": kind,
        }
    )


def _day_bars(days: pd.DataFrame) -> pd.DataFrame:
    """Bars that leave a little space between days."""
    start = days["day"].dt.tz_localize("UTC")
    return days.assign(start=start + pd.Timedelta(hours=2), end=start + pd.Timedelta(hours=22))


def _intervals(frame: pd.DataFrame) -> pd.DataFrame:
    sums = frame.groupby(["interval_start", "end"], as_index=False)[
        ["calls", "calls_low", "calls_high"]
    ].sum()
    begin, finish = wall_clock(sums["interval_start"]), wall_clock(sums["end"])
    label = begin.dt.strftime("%H:%M") + "–" + finish.dt.strftime("%H:%M")
    return sums.assign(**{"from": begin, "to": finish, "label": label}).drop(
        columns=["interval_start", "end"]
    )
