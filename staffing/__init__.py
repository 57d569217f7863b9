"""Contact-centre staffing: from a history of calls to a costed roster."""

__version__ = "0.1.0"
