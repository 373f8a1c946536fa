"""A request → one query or one action → one template."""
