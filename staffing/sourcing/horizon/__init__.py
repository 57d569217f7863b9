"""Every option over a horizon of months: cash flow, present value, commitments and uncertainty."""
