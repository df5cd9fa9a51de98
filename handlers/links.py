"""Where an invitation leads: the bot's own address, known once Telegram has told us our name."""

BOT_USERNAME = ""
# what /start carries when it is no invitation and only opens the chat
HELLO = "hallo"


def introduce(username: str) -> None:
    """Learns the bot's username, once at the start."""
    global BOT_USERNAME
    BOT_USERNAME = username.removeprefix("@")


def invitation_link(code: str) -> str:
    """The link that opens the bot with this code. Raises LookupError before the bot knows its name."""
    if not BOT_USERNAME:
        raise LookupError("the bot does not know its own name yet")
    return f"https://t.me/{BOT_USERNAME}?start={code}"


def bot_name() -> str:
    """How people find the bot by searching: @name."""
    return f"@{BOT_USERNAME}"
