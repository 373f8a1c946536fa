"""A year played on a movable clock: the demo, the training ground, the load."""
