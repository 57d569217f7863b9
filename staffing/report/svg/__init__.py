"""Charts as SVG text that stands in a page: no script, no other host, a title and a description to be read aloud."""

from staffing.report.svg.draw import draw

__all__ = ["draw"]
