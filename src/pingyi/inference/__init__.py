"""What needs numerics: proposals, near-same texts, hot matters, limits of rates; pure functions on NumPy and SciPy."""
