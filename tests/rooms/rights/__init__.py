"""Everybody who asks what is known about them."""
