"""Phones for the stories: people type, press and see. A phone fails on what its story did not expect."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Self

from bot.clock import ticks
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.messages import Account, Message
from bot.demo.telegram.world import World

_PATIENCE = 5.0
_UNSEEN = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def plain(text: str) -> str:
    """A text without direction marks and isolates, no-break spaces as spaces: what an eye compares."""
    return text.translate(_UNSEEN).translate(_SPACES)


async def _at_once() -> None:
    """Nothing is under way that a phone would have to wait for."""


class Phone:
    """One person's phone. Everything the bot shows must be seen by the story or ignored on purpose.

    `quiet` returns when the bot has said all it had to say.
    """

    def __init__(
        self, world: World, account: Account, quiet: Callable[[], Awaitable[None]] = _at_once
    ) -> None:
        self.world = world
        self.account = account
        self.quiet = quiet
        self.hand = Hand(world, account)
        self.toast: str | None = None
        self._excused: list[str] = []

    def __repr__(self) -> str:
        return f"{self.account.first_name}'s phone"

    async def types(self, text: str) -> int:
        """Sends a text. Returns its message_id."""
        return self.hand.types(text)

    async def speaks(self, seconds: int = 8) -> int:
        """Sends a voice message of that length. Returns its message_id."""
        return self.hand.speaks(seconds)

    async def presses(self, label: str) -> str | None:
        """Presses the button whose label is or contains `label`, and waits until the bot answered it.

        Looks for the very label first, then for a part of it: on the inline buttons of the newest message
        having it, then on the reply keyboard, whose buttons are typed as text. Returns the toast, None for
        a typed button.
        """
        for exact in (True, False):
            found = self._inline_button(label, exact)
            if found is not None:
                return await self._press(*found)
            typed = next((text for text in self._reply_labels() if _fits(label, text, exact)), None)
            if typed is not None:
                await self.types(typed)
                return None
        raise AssertionError(f"{self!r} has no button {label!r}\n{self.screen}")

    async def _press(self, message: Message, row: int, column: int) -> str | None:
        pressed = self.hand.presses(message.message_id, row, column)
        if isinstance(pressed, str):
            return pressed
        if not await pressed.answer(_PATIENCE):
            raise AssertionError(
                f"{self!r}: this button was never answered ({pressed.data!r})\n{self.screen}"
            )
        self.toast = plain(pressed.text)
        return self.toast

    def _inline_button(self, label: str, exact: bool) -> tuple[Message, int, int] | None:
        for message in reversed(self.account.messages.values()):
            for row, buttons in enumerate(message.inline or []):
                for column, button in enumerate(buttons):
                    if _fits(label, button["text"], exact):
                        return message, row, column
        return None

    def _reply_labels(self) -> list[str]:
        keyboard = self.account.reply_keyboard or {}
        return [key["text"] for row in keyboard.get("keyboard", []) for key in row]

    async def sees(self, fragment: str, within: float = _PATIENCE) -> Message:
        """Waits up to `within` real seconds for a new or changed message with the fragment. Returns it."""
        found = await self._comes(lambda: self._unread(fragment), within)
        if found is None:
            raise AssertionError(f"{self!r} never saw {fragment!r}\n{self.screen}")
        found.fresh = False
        return found

    async def _comes(self, look: Callable[[], Message | None], within: float) -> Message | None:
        end = ticks() + within
        while True:
            found = look()
            rest = end - ticks()
            if found is not None or rest <= 0:
                return found
            await self.account.changed.heard(rest)

    def _unread(self, fragment: str) -> Message | None:
        wanted = plain(fragment)
        return next((message for message in self._fresh() if wanted in plain(_written(message))), None)

    def _fresh(self) -> Iterator[Message]:
        return (one for one in self.account.messages.values() if one.from_bot and one.fresh)

    async def loses(self, fragment: str, within: float = _PATIENCE) -> None:
        """Waits until no message with these words stands in the chat any more."""
        end = ticks() + within
        while fragment in self.screen:
            rest = end - ticks()
            if rest <= 0:
                raise AssertionError(f"{self!r} still shows {fragment!r}\n{self.screen}")
            await self.account.changed.heard(rest)

    async def sees_nothing(self, for_: float = 0.2) -> None:
        """Fails if anything new or changed shows up within `for_` real seconds."""
        surprise = await self._comes(self._surprise, for_)
        if surprise is not None:
            raise AssertionError(
                f"{self!r} saw {plain(_written(surprise))!r}, but nothing was due\n{self.screen}"
            )

    def _surprise(self) -> Message | None:
        return next((one for one in self._fresh() if not self._is_excused(one)), None)

    def _is_excused(self, message: Message) -> bool:
        return any(fragment in plain(_written(message)) for fragment in self._excused)

    async def toasted(self, fragment: str) -> str:
        """Checks the answer to the last press and returns it."""
        if self.toast is None or plain(fragment) not in self.toast:
            raise AssertionError(f"{self!r} was shown {self.toast!r} instead of {fragment!r}\n{self.screen}")
        return self.toast

    def ignores(self, *fragments: str) -> Self:
        """Excuses messages with these fragments for the rest of the story."""
        self._excused += [plain(fragment) for fragment in fragments]
        return self

    async def reads_everything(self) -> None:
        """Takes all the bot has to say until it is quiet as seen: for the dull beginning of a story."""
        await self.quiet()
        for message in self._fresh():
            message.fresh = False

    def minds(self, *fragments: str) -> Self:
        """From now on messages with these fragments are looked at like all others."""
        self._excused = [one for one in self._excused if one not in map(plain, fragments)]
        return self

    def blocks_the_bot(self) -> None:
        """Blocks the bot, as people do."""
        self.hand.blocks()

    def unblocks_the_bot(self) -> None:
        """Unblocks it again."""
        self.hand.unblocks()

    @property
    def last(self) -> Message:
        """The newest message of the bot. Raises AssertionError when there is none."""
        for message in reversed(self.account.messages.values()):
            if message.from_bot:
                return message
        raise AssertionError(f"{self!r} shows nothing from the bot yet")

    @property
    def keyboard(self) -> list[str]:
        """Labels to press: inline ones of the newest message with any, then the reply keyboard."""
        inline = next((one.inline for one in reversed(self.account.messages.values()) if one.inline), None)
        return [plain(key["text"]) for row in inline or [] for key in row] + [
            plain(x) for x in self._reply_labels()
        ]

    @property
    def screen(self) -> str:
        """The chat as text: newest below, * marks what the story has not seen yet."""
        lines = [f"┌ {self.account.first_name} ({self.account.language_code or '-'})"]
        for message in self.account.messages.values():
            lines += _printed(message)
        if self._reply_labels():
            lines.append("╞ " + " ".join(f"[{label}]" for label in self._reply_labels()))
        return plain("\n".join([*lines, "└"]))

    def hangs_up(self) -> None:
        """Ends the story on this phone. Fails on messages nobody expected."""
        surprises = [one for one in self._fresh() if not self._is_excused(one)]
        if surprises:
            told = "\n".join(f"  · {plain(_written(one))}" for one in surprises)
            raise AssertionError(f"{self!r} showed what the story did not expect:\n{told}\n{self.screen}")


async def read_all(*phones: Phone) -> None:
    """Everybody has read what else they were told."""
    for phone in phones:
        await phone.reads_everything()


def _written(message: Message) -> str:
    contact = message.body.get("contact", {})
    document = message.body.get("document", {})
    venue, voice = message.body.get("venue", {}), message.body.get("voice", {})
    extra = [contact.get("first_name"), contact.get("phone_number"), document.get("file_name")]
    extra += [venue.get("title"), venue.get("address"), f"🎙 {voice['duration']} s" if voice else None]
    return "\n".join(str(part) for part in (message.words, *extra) if part)


def _fits(label: str, text: str, exact: bool) -> bool:
    wanted, shown = plain(label).strip(), plain(text).strip()
    return wanted == shown if exact else wanted in shown


def _printed(message: Message) -> list[str]:
    sign = ("*🤖" if message.fresh else " 🤖") if message.from_bot else " 🙂"
    first, *more = (_written(message) or "/".join(sorted(message.body))).split("\n")
    edited = " (edited)" if message.edit_date else ""
    lines = [f"│{sign} #{message.message_id} {first}{edited}", *(f"│      {line}" for line in more)]
    rows = [" ".join(f"[{button['text']}]" for button in row) for row in message.inline or []]
    return lines + [f"│      {row}" for row in rows]
