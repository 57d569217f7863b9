"""Charts as pure functions: a frame and a language in, an Altair chart out.

Times arrive as the site's wall clock (`staffing.ui.run.wall_clock`) and are drawn on UTC scales, so that a reader in
another time zone sees the site's hours.
"""
