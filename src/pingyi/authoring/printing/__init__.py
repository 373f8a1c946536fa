"""A plan as an official document: first as plain blocks, then as text, a page, or (in `documents`) a DOCX."""
