"""Which refusals and faults the tests provoke, heard while they run."""
