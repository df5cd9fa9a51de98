"""Languages chosen, and the way home."""
