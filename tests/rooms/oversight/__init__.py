"""Leads, their team and whatever got stuck."""
