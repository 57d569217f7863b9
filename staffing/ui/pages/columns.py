"""Columns of tables of figures, the same on every page."""

from __future__ import annotations

from typing import Any

import streamlit as st


def amounts(title: str, remark: str | None = None) -> Any:
    """Amounts of money in whole units of the currency, or other numbers, with separators."""
    return st.column_config.NumberColumn(title, format="localized", help=remark)


def shares(title: str, remark: str | None = None) -> Any:
    """Shares as percentages."""
    return st.column_config.NumberColumn(title, format="percent", help=remark)


def decimals(title: str, digits: int = 1) -> Any:
    """Numbers with so many decimals."""
    return st.column_config.NumberColumn(title, format=f"%.{digits}f")


def names(title: str) -> Any:
    """The first column, which stays where it is."""
    return st.column_config.TextColumn(title, pinned=True)
