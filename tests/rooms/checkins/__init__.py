"""Parents who say how they are, and caseworkers who hear of it."""
