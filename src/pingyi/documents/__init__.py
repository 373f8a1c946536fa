"""Official documents and files: what goes out on paper, and what people hand in."""
