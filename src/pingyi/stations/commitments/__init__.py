"""The room of commitments: what is promised, what is made public, and the boards that say so (§3.2.3)."""
