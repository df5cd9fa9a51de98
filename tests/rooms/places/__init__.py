"""Who gets a crisis place, for how long, and who is told."""
