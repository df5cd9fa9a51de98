"""What a drill counts, and when the next one is due."""
