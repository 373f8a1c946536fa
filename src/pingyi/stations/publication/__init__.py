"""What the public sees: frozen copies made by an act, and the bundle."""
