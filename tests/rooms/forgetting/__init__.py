"""Wishes to be forgotten, and what stands in their way."""
