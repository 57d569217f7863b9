"""Reports to hand on: a month's report and a decision memo, as one HTML page and as an Excel workbook."""
