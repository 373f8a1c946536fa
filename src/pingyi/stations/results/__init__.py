"""Score sheets, ranking, preview, consequences (§4.4b, §4.4c)."""
