"""Ten rooms of one shape, in the order of the year (环节)."""
