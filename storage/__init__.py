"""The archive: everything that is true or owed, as rows."""
