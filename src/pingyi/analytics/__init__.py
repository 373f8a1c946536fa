"""Raw answers in, evidence out: written once as lazy expressions, run on embedded DuckDB or on a cluster (§4.3d)."""
