"""Scheduled against required, and the service that comes of it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from staffing.ui.charts import style
from staffing.ui.run import wall_clock
from staffing.wording.language import Language


def staffing(
    frame: pd.DataFrame, lang: Language, *, required: str, scheduled: str, title: str, days: bool
) -> alt.LayerChart:
    """Scheduled as an area, required as a line in steps, what is missing between them filled.

    `frame` holds rows of `coverage.csv`; `required` and `scheduled` name the columns compared, `title` the axis;
    `days` when more than one day is shown.
    """
    tr = lang.tr
    data = _sums(frame, [required, scheduled]).rename(columns={required: "required", scheduled: "scheduled"})
    points = _steps(data.assign(needed=data[["required", "scheduled"]].max(axis=1)))
    wanted, given, missing = tr("Required"), tr("Scheduled"), tr("Short")
    scale = alt.Scale(domain=[given, missing, wanted], range=[style.LIGHT, style.VERMILLION, style.INK])
    colour = alt.Color("kind:N", scale=scale, legend=style.legend())
    x = _time(data, lang, days)
    y = alt.Y("scheduled:Q", axis=style.count_axis(title), scale=style.FROM_ZERO)

    def over(kind: str) -> alt.Chart:
        return alt.Chart(points.assign(kind=kind))

    layers = (
        over(given)
        .mark_area(interpolate="step-after")
        .encode(x=x, y=y, y2=alt.datum(0), color=colour, detail="block:N"),
        over(missing)
        .mark_area(interpolate="step-after")
        .encode(x=x, y="needed:Q", y2="scheduled:Q", color=colour, detail="block:N"),
        over(wanted)
        .mark_line(interpolate="step-after", strokeWidth=1.5 if days else 2.5)
        .encode(x=x, y="required:Q", color=colour, detail="block:N"),
        _hover(data, x, "scheduled", [("required", wanted, ",.1f"), ("scheduled", given, ",.1f")], lang),
    )
    return style.layered(*layers, height=340)


def service(
    frame: pd.DataFrame, lang: Language, column: str, title: str, target: float | None, *, days: bool
) -> alt.LayerChart:
    """An expected share by interval (`abandonment`, `service_level`); several queues weighted by calls."""
    tr = lang.tr
    data = _sums(frame.assign(part=frame[column] * frame["calls"]), ["part", "calls"])
    data = data[data["calls"] > 0]
    data = data.assign(share=data["part"] / data["calls"])
    data = data.assign(shown=[lang.percent(share) for share in data["share"]])
    x = _time(data, lang, days)
    area = (
        alt.Chart(_steps(data))
        .mark_area(interpolate="step-after", color=style.SKY)
        .encode(
            x=x,
            y=alt.Y("share:Q", axis=style.share_axis(lang, title), scale=style.FROM_ZERO),
            y2=alt.datum(0),
            detail="block:N",
        )
    )
    hover = _hover(data, x, "share", [("shown", title, None), ("calls", tr("Forecast calls"), ",.1f")], lang)
    if target is None:
        return style.layered(area, hover, height=220)
    mark = pd.DataFrame({"share": [target], "label": [tr("Target {share}", share=lang.percent(target))]})
    base = alt.Chart(mark).encode(y="share:Q")
    rule = base.mark_rule(color=style.INK, strokeDash=[6, 4])
    text = base.mark_text(align="right", dx=-4, dy=-8, color=style.INK).encode(
        x=alt.value("width"), text="label:N"
    )
    return style.layered(area, rule, text, hover, height=220)


def _time(data: pd.DataFrame, lang: Language, days: bool) -> alt.X:
    """The time axis: clock times of one day, or whole days."""
    if not days:
        return alt.X("from:T", scale=style.UTC, axis=style.clock_axis())
    return alt.X(
        "from:T", scale=style.whole_days(data["from"], data["to"]), axis=style.day_axis(lang, **style.DAYS)
    )


def _hover(
    data: pd.DataFrame, x: alt.X, y: str, figures: list[tuple[str, str, str | None]], lang: Language
) -> alt.Chart:
    """Unseen bars that carry the figures of each interval; areas have no place to point at."""
    tooltip = [alt.Tooltip("label:N", title=lang.tr("Time"))]
    for name, title, form in figures:
        tooltip.append(
            alt.Tooltip(f"{name}:N", title=title)
            if form is None
            else alt.Tooltip(f"{name}:Q", title=title, format=form)
        )
    bars = alt.Chart(data).mark_bar(opacity=0)
    chart: alt.Chart = bars.encode(x=x, x2="to:T", y=f"{y}:Q", y2=alt.datum(0), tooltip=tooltip)
    return chart


def _sums(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Queues added up by interval, with wall-clock edges and a label."""
    sums = frame.groupby(["interval_start", "end"], as_index=False)[columns].sum()
    begin, finish = wall_clock(sums["interval_start"]), wall_clock(sums["end"])
    label = begin.dt.strftime("%m/%d %H:%M") + "–" + finish.dt.strftime("%H:%M")
    return sums.assign(**{"from": begin, "to": finish, "label": label}).drop(
        columns=["interval_start", "end"]
    )


def _steps(data: pd.DataFrame) -> pd.DataFrame:
    """Points of steps: one block per stretch without a closed hour, each closed at its end."""
    block = (data["from"] != data["to"].shift()).cumsum()
    points = data.assign(block=block)
    last = points.groupby("block", as_index=False).last()
    return pd.concat([points, last.assign(**{"from": last["to"]})], ignore_index=True)
