"""How a checklist of section 8a is gone through, and that two are needed to close it."""
