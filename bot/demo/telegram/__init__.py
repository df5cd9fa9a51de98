"""The Telegram double: a Bot API server on loopback that says no where Telegram says no."""
