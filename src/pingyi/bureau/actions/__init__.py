"""Every change of the bureau, by topic: `organization`, `section`, `member`, `invitation`."""
