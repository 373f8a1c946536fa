"""Plan versions, the year's round, phases, tasks and their reports, meetings (§0, §4)."""
