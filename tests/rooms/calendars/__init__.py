"""Tests of which addresses of calendars are taken; the stories are in tests/stories."""
