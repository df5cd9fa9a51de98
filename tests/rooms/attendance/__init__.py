"""Who came, tried by itself."""
