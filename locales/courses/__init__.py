"""The courses' words as files to read and to edit: a folder for each course, in it a file for each language."""

from locales.coursebook import Exercise, Session
from locales.syllabi import (
    Syllabus,
    about,
    also_from,
    exercise,
    left_out,
    session,
    spoken,
    syllabi,
    syllabus,
    title,
    topic,
)

__all__ = [
    "Exercise",
    "Session",
    "Syllabus",
    "about",
    "also_from",
    "exercise",
    "left_out",
    "session",
    "spoken",
    "syllabi",
    "syllabus",
    "title",
    "topic",
]
