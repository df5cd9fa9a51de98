"""How the journal is read and looked through."""
