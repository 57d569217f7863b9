"""Text that a spreadsheet must not run.

A cell that starts with one of `= + - @`, a tab or a line end is read as a formula by spreadsheet programs, so
a name such as `=cmd|...` in a staff file would run on whoever opens the roster. The OWASP advice is followed: such
text is written with an apostrophe before it, and read back without.
"""

from __future__ import annotations

import pandas as pd

# Excel in Japanese also takes the full-width signs.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutralise(text: str) -> str:
    """The text as it may stand in a CSV cell."""
    return f"'{text}" if text.startswith(RISKY) else text


def restore(text: str) -> str:
    """Undo `neutralise`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text


def neutralise_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every text column made safe."""
    texts = frame.select_dtypes(include=["object", "string", "category"])
    return frame.assign(
        **{
            str(name): [neutralise(value) if isinstance(value, str) else value for value in column]
            for name, column in texts.items()
        }
    )
