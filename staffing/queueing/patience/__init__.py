"""How long callers are willing to wait, from records, and the model set against what was seen."""
