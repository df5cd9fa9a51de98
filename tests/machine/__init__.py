"""A machine that tries crises by the million: real rooms, a real store, a phone for each, all that may happen."""
