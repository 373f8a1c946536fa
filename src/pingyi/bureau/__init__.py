"""The organisation: sections (科室), members, roles, sign-in, notices."""
