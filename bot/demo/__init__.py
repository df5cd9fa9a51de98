"""The show flat: a Telegram double, a sample agency and the phones page. Nothing in production imports it."""
