"""Another time for an appointment."""
