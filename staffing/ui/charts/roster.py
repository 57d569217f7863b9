"""The roster as bars over time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from staffing.ui.charts import style
from staffing.ui.run import wall_clock
from staffing.wording.language import Language

ROW_HEIGHT = 26
_FRAME_HEIGHT = 90  # axis and legend


def family(codes: pd.Series) -> pd.Series:
    """The shift family of each code: `F8` of `F8-0930`."""
    return codes.str.rsplit("-", n=1).str[0]


def gantt(frame: pd.DataFrame, lang: Language, families: list[str], *, days: bool) -> alt.LayerChart:
    """Who works when: a bar a duty, its breaks lighter, its activities darker, people in the order they start.

    `frame` holds rows of `roster.csv`; `families` fixes which colour each shift family has, whatever is shown.
    """
    tr = lang.tr
    duties = _duties(frame, lang)
    pauses = _pauses(frame)
    people = list(dict.fromkeys(duties.sort_values(["from", "to", "person"])["person"]))
    x = alt.X("from:T", scale=style.UTC, axis=style.clock_axis(orient="top"))
    if days:
        scale = style.whole_days(duties["from"], duties["to"])
        x = alt.X("from:T", scale=scale, axis=style.day_axis(lang, orient="top", **style.DAYS))
    y = alt.Y(
        "person:N",
        sort=people,
        axis=alt.Axis(title=None, labelLimit=180, labelOverlap=False, grid=True, ticks=False),
    )
    height = max(2, len(people)) * ROW_HEIGHT + _FRAME_HEIGHT
    bars = (
        alt.Chart(duties)
        .mark_bar(cornerRadius=3, height=alt.RelativeBandSize(0.72))
        .encode(
            x=x,
            x2="to:T",
            y=y,
            color=alt.Color(
                "family:N",
                scale=alt.Scale(domain=families, range=[_colour(i) for i in range(len(families))]),
                legend=style.legend(),
            ),
            tooltip=[
                alt.Tooltip("person:N", title=tr("Agent")),
                alt.Tooltip("shift_code:N", title=tr("Shift")),
                alt.Tooltip("time:N", title=tr("Time")),
                alt.Tooltip("hours:Q", title=tr("Paid hours"), format=".2f"),
            ],
        )
    )
    breaks = (
        alt.Chart(pauses)
        .mark_bar(color="white", opacity=0.75, height=alt.RelativeBandSize(0.72))
        .encode(x=x, x2="to:T", y=y, tooltip=[alt.Tooltip("time:N", title=tr("Break"))])
    )
    sessions = _sessions(frame)
    if sessions.empty:
        return style.layered(bars, breaks, height=height)
    held = (
        alt.Chart(sessions)
        .mark_bar(color="black", opacity=0.45, height=alt.RelativeBandSize(0.72))
        .encode(
            x=x,
            x2="to:T",
            y=y,
            tooltip=[
                alt.Tooltip("activity:N", title=tr("Activity")),
                alt.Tooltip("time:N", title=tr("Time")),
            ],
        )
    )
    return style.layered(bars, breaks, held, height=height)


def _colour(index: int) -> str:
    return style.FAMILIES[index % len(style.FAMILIES)]


def people(frame: pd.DataFrame) -> pd.Series:
    """What a person is called on the charts: the name, with the id where two share one."""
    shared = frame.groupby("agent_name")["agent_id"].transform("nunique") > 1
    return frame["agent_name"].where(~shared, frame["agent_name"] + " (" + frame["agent_id"] + ")")


def _duties(frame: pd.DataFrame, lang: Language) -> pd.DataFrame:
    begin, finish = wall_clock(frame["start"]), wall_clock(frame["end"])
    return pd.DataFrame(
        {
            "person": people(frame),
            "shift_code": frame["shift_code"],
            "family": family(frame["shift_code"]),
            "from": begin,
            "to": finish,
            "time": [f"{lang.day(a)} {a:%H:%M}–{b:%H:%M}" for a, b in zip(begin, finish, strict=True)],
            "hours": frame["paid_minutes"] / 60,
        }
    )


def _pauses(frame: pd.DataFrame) -> pd.DataFrame:
    return _spans(frame, [name for name in frame.columns if name.startswith("break_")])


def _sessions(frame: pd.DataFrame) -> pd.DataFrame:
    """Meetings and trainings, with their names in `activity`."""
    return _spans(frame, [name for name in frame.columns if name.startswith("activity_")], label="activity")


def _spans(frame: pd.DataFrame, columns: list[str], label: str | None = None) -> pd.DataFrame:
    """Bars of the columns `NAME_start` and `NAME_end`; with `label`, what stands in `NAME` beside them."""
    nothing = {"person": pd.Series(dtype=str), "from": [], "to": [], "time": []}
    made = [pd.DataFrame(nothing | ({} if label is None else {label: pd.Series(dtype=str)}))]
    for name in (name for name in columns if name.endswith("_start")):
        given = frame[frame[name].notna()]
        if given.empty:
            continue
        begin, finish = wall_clock(given[name]), wall_clock(given[name.removesuffix("_start") + "_end"])
        time = begin.dt.strftime("%H:%M") + "–" + finish.dt.strftime("%H:%M")
        rows = pd.DataFrame({"person": people(frame)[given.index], "from": begin, "to": finish, "time": time})
        if label is not None:
            rows[label] = given[name.removesuffix("_start")]
        made.append(rows)
    return pd.concat(made[1:], ignore_index=True) if len(made) > 1 else made[0]
