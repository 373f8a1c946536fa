"""Every change of the room, one function a verb: commitments, measurements, openness items, boards."""
