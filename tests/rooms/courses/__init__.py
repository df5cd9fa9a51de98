"""Courses: who may come, who has a seat, who was there."""
