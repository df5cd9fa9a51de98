"""Tests of the pure rules of the rota; its stories are in tests/stories."""
