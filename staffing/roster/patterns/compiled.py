"""Compilation of the inner loops: numba, without the interpreter's lock, kept on disk between runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """The function as machine code, for arguments of the types it is first called with."""
    return cast(Function, numba.njit(nogil=True, cache=True, error_model="numpy")(function))
