"""The one door: a change is decided, saved and recorded in one transaction, or it did not happen."""
