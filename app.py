"""The dashboard for `streamlit run app.py`; its pages and languages are listed in `staffing/ui/shell.py`."""

from staffing.ui.shell import main

main()
