"""The script that Streamlit runs.

It lies in a folder of its own because Streamlit puts the script's folder on the import path, and takes a folder
`pages` beside it for pages.
"""

from staffing.ui.shell import main

main()
