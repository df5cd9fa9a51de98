"""Caseworkers and their families."""
