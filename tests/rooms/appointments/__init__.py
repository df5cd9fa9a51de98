"""A caseworker, a family and its parents around one appointment."""
