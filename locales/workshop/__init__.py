"""The workshop behind the catalogs: finding keys in code, keeping files in step, checking what is written."""
