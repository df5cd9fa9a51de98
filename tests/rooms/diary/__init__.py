"""Days, weeks and months."""
