"""Power cuts that run anywhere: a folder that holds only what was synced, and what is promised beside it."""
