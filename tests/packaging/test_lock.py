"""The lock covers what pyproject.toml asks for, each archive with its hash, and names no machine and no registry."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENTRIES = re.split(
    r"\n(?=[a-z0-9])", "\n".join(line for line in LOCK.splitlines() if not line.lstrip().startswith("#"))
)


def requirement(entry: str) -> Requirement:
    return Requirement(entry.partition("--hash")[0].replace("\\", " ").strip())


LOCKED = [requirement(entry) for entry in ENTRIES]
ASKED = [
    Requirement(text)
    for text in (
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["build-system"]["requires"],
        *(text for extra in PYPROJECT["project"]["optional-dependencies"].values() for text in extra),
    )
    if not text.startswith(PYPROJECT["project"]["name"])
]


@pytest.mark.parametrize("python", ["3.11.0", "3.12.0", "3.13.0"])
@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_each_asked_package_is_locked_once_for_each_python(asked: Requirement, python: str) -> None:
    environment = {"python_full_version": python, "python_version": python.rpartition(".")[0]}
    fitting = [
        locked
        for locked in LOCKED
        if canonicalize_name(locked.name) == canonicalize_name(asked.name)
        and (locked.marker is None or locked.marker.evaluate(environment))
    ]
    assert len(fitting) == 1
    (pin,) = fitting[0].specifier
    assert pin.operator == "=="
    assert asked.specifier.contains(pin.version)


def test_each_locked_package_has_hashes() -> None:
    without = [entry.split()[0] for entry in ENTRIES if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)]
    assert without == []


def test_lock_names_no_address_and_no_folder() -> None:
    assert "://" not in LOCK
    assert not re.search(r"(^|\s)(/|[A-Z]:\\)\w", LOCK, flags=re.MULTILINE)
    assert "--index-url" not in LOCK
