"""Rosters by patterns: column generation over a person's whole horizon, and searches that use the same walk."""

from staffing.roster.patterns.chain import NO_COLUMN, Chain, Count, Runs, Weekends, follows_after_rest

__all__ = ["NO_COLUMN", "Chain", "Count", "Runs", "Weekends", "follows_after_rest"]
