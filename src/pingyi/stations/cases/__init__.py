"""The room of cases: what reaches the bureau is received, held by one person, answered and settled (§3.2.2)."""
