"""Sessions of parent training and whom they reach."""
