"""Words for readers: the two languages, and phrases for the codes that stand in files."""
