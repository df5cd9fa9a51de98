"""Tests of the pure rules of standing in; its stories are in tests/stories."""
