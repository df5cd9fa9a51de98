"""Tests of what is understood of one line; the stories are in tests/stories."""
