"""How much memory the process holds, and how much a program may need."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from staffing.roster.program import Program

_STATM = Path("/proc/self/statm")
_MB = 1 << 20
_BYTES_AN_ENTRY = (
    300  # of a week's matrix: what planning and naming it added at most, measured with 100 people
)


def resident_mb() -> float:
    """Memory of this process now; where the system does not tell, the most that it had, or 0."""
    if _STATM.exists():
        return int(_STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / _MB
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _MB if sys.platform == "darwin" else peak / 1024


def needed_mb(program: Program) -> float:
    """What solving a program may add, roughly."""
    return program.matrix.nnz * _BYTES_AN_ENTRY / _MB
