"""The record's tables, as they came to be."""
