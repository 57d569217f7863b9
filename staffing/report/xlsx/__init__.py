"""A report as an Excel workbook: numbers as numbers, native charts, formulas where a column comes from others."""

from staffing.report.xlsx.workbook import workbook

__all__ = ["workbook"]
