"""Benchmarks: Pänz beside the echo bots of aiogram and python-telegram-bot, measured in turns. `make bench`."""
