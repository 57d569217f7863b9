"""A decision in the making: the button that starts it, how far it is, and the button that ends it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from staffing import jobs
from staffing.jobs import DECISION, Job
from staffing.ui.decided import DecisionView
from staffing.ui.draft import SETTINGS
from staffing.ui.pages.watch import reason
from staffing.ui.run import RunView
from staffing.ui.screen import Screen
from staffing.wording.language import Language

_DISMISSED = "decision_dismissed"  # session key: the failed decision that was put away


def work(screen: Screen, view: RunView) -> None:
    """Show the decision being made on this plan, why the last one failed, and the button that starts one."""
    out = view.folder / DECISION
    job = jobs.poll(out)
    if job.state == "running":
        _panel(screen, out)
        return
    if job.state == "failed" and jobs.job_folder(out).is_dir():
        _failed(job, out, screen.lang)
    _start(screen, view, out)


def _start(screen: Screen, view: RunView, out: Path) -> None:
    tr = screen.lang.tr
    settings = view.folder / "inputs" / SETTINGS
    there = DecisionView.of(view) is not None
    if not there:
        st.markdown(
            tr(
                "Nothing has been decided on this plan yet. Working it out compares every way of staffing at the "
                "same target, looks for the best mix over the months ahead, finds the volumes at which another way "
                "becomes the cheaper one, and ranks measures against lost calls. It takes minutes and can be ended "
                "at any time."
            )
        )
    if not settings.is_file():
        if not there:
            st.info(
                tr("This plan's folder holds no copy of its settings to decide on."), icon=":material/info:"
            )
        return
    root = screen.workspace.root
    busy = bool(jobs.running(root) or jobs.deciding(root))
    st.button(
        tr("Work it out again") if there else tr("Work out the decision"),
        type="tertiary" if there else "primary",
        icon=":material/refresh:" if there else ":material/play_arrow:",
        disabled=busy,
        help=tr("Another plan or decision is being made; one at a time.") if busy else None,
        on_click=_begin,
        args=(settings, out),
        key="decide",
    )


def _begin(settings: Path, out: Path) -> None:
    st.session_state.pop(_DISMISSED, None)
    jobs.start(settings, out, "decide")


@st.fragment(run_every=1)
def _panel(screen: Screen, out: Path) -> None:
    lang, tr = screen.lang, screen.lang.tr
    job = jobs.poll(out)
    if job.state != "running":
        st.rerun()
    with st.container(border=True):
        st.subheader(tr("Working out the decision"))
        st.progress(job.share, text=lang.note(job.message) if job.message else tr("Starting"))
        for step in _steps(job, lang):
            st.markdown(step)
        st.button(
            tr("Ending") if job.stopping else tr("End it, keep nothing"),
            icon=":material/stop_circle:",
            disabled=job.stopping,
            on_click=jobs.end,
            args=(out,),
            key="end_decision",
        )


def _steps(job: Job, lang: Language) -> list[str]:
    """What was begun, in its order: all but the last is done."""
    notes = [
        event["message"] for event in job.events if event.get("message") and event.get("objective") is None
    ]
    texts = list(dict.fromkeys(lang.note(note) for note in notes))
    return [
        f":material/check: {text}" if number < len(texts) - 1 else f":material/sync: **{text}**"
        for number, text in enumerate(texts)
    ]


def _failed(job: Job, out: Path, lang: Language) -> None:
    """Why it came to nothing, until it is put away; one that was ended by hand needs no explanation."""
    noted = jobs.job_folder(out) / "pid"
    mark = noted.read_text(encoding="utf-8") if noted.is_file() else ""
    if job.stopping or st.session_state.get(_DISMISSED) == mark:
        return
    with st.container(border=True):
        reason(
            job,
            lang,
            faults=lang.tr("Nothing could be decided; the plan's files or settings need to be put right."),
            ended=lang.tr("It ended before it was finished; nothing was kept."),
            other=lang.tr("Nothing could be decided."),
        )
        st.button(
            lang.tr("Put away"),
            on_click=lambda: st.session_state.update({_DISMISSED: mark}),
            key="dismiss_decision",
        )
