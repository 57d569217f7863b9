"""New plan: own figures or a sample's, checked by the product's readers, then planned in a child process."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import streamlit as st

from staffing import jobs
from staffing.ui.draft import Base, Draft, Finding, bases, findings, make_draft
from staffing.ui.pages.answers import FIELDS
from staffing.ui.pages.form import filled
from staffing.ui.pages.watch import JOB, finding_table, watch
from staffing.ui.screen import Screen
from staffing.wording.language import Language
from staffing.wording.words import SAMPLES, phrase

_SHOWN = 50  # findings in the table


def render(screen: Screen) -> None:
    """Draw the page."""
    lang, tr = screen.lang, screen.lang.tr
    st.title(tr("New plan"))
    st.markdown(
        tr(
            "Start from a sample or an earlier plan, change what differs, and plan. "
            "Nothing of earlier plans is changed."
        )
    )
    busy = watch(screen) or bool(jobs.deciding(screen.workspace.root))
    known = bases(screen.workspace)
    if not known:
        st.error(tr("No sample and no earlier plan is at hand to start from."))
        return
    base = _choose(known, screen)
    answers = filled(base, lang)
    if st.button(
        tr("Check and plan"),
        type="primary",
        icon=":material/play_arrow:",
        disabled=busy,
        help=tr("Another plan or decision is being made; one at a time.") if busy else None,
        key="start",
    ):
        with st.spinner(tr("Checking the settings and files")):
            draft = make_draft(base, answers.changes, answers.uploads)
            found = tuple(answers.missing) or _check(draft)
        if found:
            _refuse(found, lang)
        else:
            _begin(draft, screen)


def _choose(known: Sequence[Base], screen: Screen) -> Base:
    lang = screen.lang
    labels = {base.base_id: _label(base, screen) for base in known}
    chosen = st.selectbox(
        lang.tr("Start from"),
        list(labels),
        format_func=lambda base_id: labels[base_id],
        key="base",
        persist_state="session",
        help=lang.tr(
            "Everything that this page does not ask for (contracts, shifts, labour rules, tariffs) is taken over."
        ),
    )
    return next(base for base in known if base.base_id == chosen)


def _label(base: Base, screen: Screen) -> str:
    lang = screen.lang
    if base.sample is not None:
        return lang.tr("Sample: {name}", name=phrase(lang, SAMPLES, base.sample))
    plan_id = base.base_id.partition(":")[2]
    name = base.settings().get("plan", {}).get("name", plan_id)
    return lang.tr("Earlier plan: {name} ({id})", name=name, id=plan_id)


def _check(draft: Draft) -> tuple[Finding, ...]:
    """What is wrong with the draft, found on a copy that leaves nothing behind."""
    with tempfile.TemporaryDirectory(prefix="staffing-") as folder:
        return findings(draft.write(Path(folder)))


def _refuse(found: Sequence[Finding], lang: Language) -> None:
    tr = lang.tr
    st.error(
        tr("Nothing was started: {count} things need to be put right first.", count=len(found)),
        icon=":material/error:",
    )
    finding_table(found[:_SHOWN], lang, FIELDS)
    if len(found) > _SHOWN:
        st.caption(tr("and {count} more", count=lang.number(len(found) - _SHOWN)))


def _begin(draft: Draft, screen: Screen) -> None:
    """Give the draft a folder of its own, start it there, and watch it."""
    name = str(draft.settings.get("plan", {}).get("name", ""))
    plan_id = screen.workspace.new_id(name, datetime.now().astimezone())
    out = screen.workspace.folder(plan_id)
    jobs.start(draft.write(jobs.job_folder(out)), out)
    st.session_state[JOB] = plan_id
    st.rerun()
