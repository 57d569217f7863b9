"""A plan being made: how far it is, how good its roster is so far, and a button that stops the search."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from staffing import jobs
from staffing.jobs import Job
from staffing.ui.charts.search import curve
from staffing.ui.draft import SETTINGS, Finding
from staffing.ui.screen import Screen
from staffing.wording.language import Language
from staffing.wording.words import STAGES, phrase

JOB = "job_id"  # session key: the plan being made that this session watches
_SHOWN = 30  # lines of an error
_STEPS = ("demand", "forecast", "requirement", "roster", "check", "costs", "export")


def watch(screen: Screen) -> bool:
    """Show the job of this session, or one that another session started; True while one runs."""
    running = [out.name for out in jobs.running(screen.workspace.root)]
    watched = st.session_state.get(JOB)
    if watched is None and running:
        watched = st.session_state[JOB] = running[0]
    if watched is None:
        return False
    if watched in running:
        _panel(screen, watched)
        return True
    job = jobs.poll(screen.workspace.folder(watched))
    if job.state == "done":
        del st.session_state[JOB]
        screen.open(watched)
    _failed(job, screen.lang)
    return bool(running)


@st.fragment(run_every=1)
def _panel(screen: Screen, plan_id: str) -> None:
    lang, tr = screen.lang, screen.lang.tr
    out = screen.workspace.folder(plan_id)
    job = jobs.poll(out)
    if job.state != "running":
        st.rerun()
    with st.container(border=True):
        st.subheader(tr("Planning"))
        st.progress(job.share, text=lang.note(job.message) if job.message else tr("Starting"))
        st.markdown("\u2003".join(_steps(job, lang)))
        if job.curve:
            _search(job, lang)
        label = (
            tr("Stopping, the best roster is kept") if job.stopping else tr("Stop and keep the best roster")
        )
        st.button(
            label,
            icon=":material/stop_circle:",
            disabled=job.stopping or job.stage != "roster",
            on_click=jobs.stop,
            args=(out,),
            key="stop",
        )


def _steps(job: Job, lang: Language) -> list[str]:
    """The stages in their order: those done with a mark, the present one in bold."""
    reached = [str(event.get("stage")) for event in job.events]
    steps = []
    for step in (step for step in _STEPS if step in reached or step not in ("demand",)):
        name = phrase(lang, STAGES, step)
        if step == job.stage:
            steps.append(f":material/sync: **{name}**")
        elif step in reached:
            steps.append(f":material/check: {name}")
        else:
            steps.append(f":gray[{name}]")
    return steps


def _currency(job: Job) -> str:
    """The currency of the plan being made."""
    settings = tomllib.loads((jobs.job_folder(job.out) / SETTINGS).read_text(encoding="utf-8"))
    return str(settings.get("plan", {}).get("currency", "JPY"))


def _search(job: Job, lang: Language) -> None:
    tr, last, currency = lang.tr, job.curve[-1], _currency(job)
    gap = max(0.0, (last.objective - last.bound) / last.objective) if last.objective > 0 else 0.0
    best, bound, left = st.columns(3)
    best.metric(
        tr("Best roster so far"),
        lang.money(last.objective, currency),
        help=tr("Wages with premiums, plus the price set on missing people."),
    )
    bound.metric(tr("No roster can cost less"), lang.money(last.bound, currency))
    left.metric(tr("Gap"), lang.percent(gap), help=tr("How much could still be saved at most."))
    frame = pd.DataFrame([vars(point) for point in job.curve])
    st.altair_chart(curve(frame, lang, currency), alt=tr("Best roster so far"))


def _failed(job: Job, lang: Language) -> None:
    """Why the plan came to nothing; stays until it is put away or another one is started."""
    tr = lang.tr
    with st.container(border=True):
        reason(
            job,
            lang,
            faults=tr("The plan could not be made; the files or settings need to be put right."),
            ended=tr("The plan was ended before it was finished; nothing was kept."),
            other=tr("The plan could not be made."),
        )
        st.button(tr("Put away"), on_click=lambda: st.session_state.pop(JOB, None), key="dismiss")


def reason(job: Job, lang: Language, *, faults: str, ended: str, other: str) -> None:
    """Why a job failed, under the title that fits: faults of its input, ended early, anything else."""
    error: Mapping[str, Any] = job.error or {}
    kind = error.get("error")
    if kind in ("input", "config"):
        st.error(faults)
        found = [
            Finding(
                str(error.get("file", "")), str(f["found"]), str(f["expected"]), f.get("row"), f.get("column")
            )
            for f in error.get("faults", [])
        ]
        finding_table(found, lang, {})
        return
    titles = {"infeasible": lang.tr("No roster can keep all the rules."), "ended": ended}
    st.error(titles.get(str(kind), other))
    if error.get("message") and not job.stopping:
        lines = [line for line in str(error["message"]).splitlines() if not line.endswith(":")]
        st.markdown("\n".join(f"- {lang.sentence(line)}" for line in lines[-_SHOWN:]))


def finding_table(found: Sequence[Finding], lang: Language, fields: Mapping[str, str]) -> None:
    """File, row, column, what was found and what was expected; `fields` names settings as the form does."""
    tr = lang.tr
    table = {
        tr("File"): [finding.file for finding in found],
        tr("Row"): ["" if finding.row is None else str(finding.row) for finding in found],
        tr("Column"): [_column(finding.column, lang, fields) for finding in found],
        tr("Found"): [lang.sentence(finding.found) for finding in found],
        tr("Expected"): [lang.sentence(finding.expected) for finding in found],
    }
    safe = {name: [_plain(text) for text in column] for name, column in table.items()}
    st.table(safe, border="horizontal", hide_index=True, alt=tr("What needs to be put right"))


def _column(name: str | None, lang: Language, fields: Mapping[str, str]) -> str:
    if name is None:
        return ""
    return f"{lang.tr(fields[name])} ({name})" if name in fields else name


def _plain(text: str) -> str:
    """Text from a file shown as it is: Markdown's signs, escaped."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()#+-.!|<>~:$" else sign for sign in text)
