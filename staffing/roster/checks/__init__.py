"""The checker's rules, judged from the duties' clock times alone; `staffing.roster.check` runs them."""
