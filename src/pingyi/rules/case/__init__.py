"""The rules of a case: stages, who holds it, until when, and what its handling says of a section (§3.2.2, §3.2.3)."""
