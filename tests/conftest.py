"""How all tests run: the property tests' examples, and which files one process takes together."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("local", deadline=None)  # examples are not timed
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile(
    "ci" if os.environ.get("CI") else "local"
)  # where CI is set, every run takes the same ones

# What the search by patterns compiles takes half a minute, and each process that starts it before another has ended
# compiles it for itself.
COMPILED = (
    "tests/roster/test_patterns_",
    "tests/roster/test_rule_worlds.py",
    "tests/plan/test_rule_settings.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Files shared among processes, those of the compiled search as one (`pytest --dist loadfile`)."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "compiled" if nodeid.startswith(COMPILED) else super()._split_scope(nodeid)

    return Together(config, log)
