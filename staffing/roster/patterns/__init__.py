"""Rosters by patterns: column generation over a person's whole horizon, and searches that use the same walk."""

from staffing.roster.patterns.chain import NO_COLUMN, Chain, Count, Runs, Weekends, follows_after_rest
from staffing.roster.patterns.search import PatternSearch

__all__ = ["NO_COLUMN", "Chain", "Count", "PatternSearch", "Runs", "Weekends", "follows_after_rest"]
