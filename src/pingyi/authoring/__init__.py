"""A plan comes in and goes out: YAML with line numbers, JSON Schema, import from prose, lints, print (§0)."""
