"""Every change of the room, one function a verb: rounds, tasks, checks, meetings, calendar feeds, reminders."""
