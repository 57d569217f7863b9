"""What a month was: its calls, service and cost, against the month before and against the plan."""
