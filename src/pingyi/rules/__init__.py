"""Every decision of an evaluation, as pure Python: no framework, no database, no clock."""
