"""A PDF's page by the places of its glyphs: lines, columns, ruled tables, margins and paragraphs."""
