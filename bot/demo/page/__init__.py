"""What the phones page is made of: one document, its styles, its modules and two drawings; no build step."""
