"""Tests of the crisis room's pure rules; its stories are in tests/stories."""
