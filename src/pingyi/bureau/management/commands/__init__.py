"""Commands of the bureau."""
