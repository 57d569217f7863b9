"""Named rosters: the problem, its rules, the solver, and a checker that shares no code with it."""
