"""A report as one HTML page that needs nothing else: style, pictures and tables are in it."""

from staffing.report.html.page import page

__all__ = ["page"]
