"""People at the door: with invitations, without, and with those of others."""
