"""The call list, tried by itself."""
