"""The JSON interface by which channels' own systems hand cases in and ask how they stand (§3.2.2)."""
