"""Quotes: each kind of tariff sized to the target and billed, one module a kind."""

from staffing.sourcing.comparison import Size
from staffing.sourcing.quotes.context import Context, InHouseFacts
from staffing.sourcing.quotes.make import quote
from staffing.sourcing.quotes.result import Quote

__all__ = ["Context", "InHouseFacts", "Quote", "Size", "quote"]
