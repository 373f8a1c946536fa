"""Every change of the room, one function a verb: receipt, custody, clock, answer, merging and splitting, breaches."""
