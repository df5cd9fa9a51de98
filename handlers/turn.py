"""One update of one person, inside one open transaction: what a room is given to act with."""

from dataclasses import dataclass, field
from datetime import datetime

from handlers import desk
from handlers.callback import Press
from handlers.screen import Screen, as_edit
from locales.phrase import Phrase
from locales.translator import Voice
from storage.records import Card, Lane, Person
from storage.store import Store


@dataclass(slots=True)
class Asked:
    """What came in, in our own words. `message_id` is the message whose button was pressed.

    `gone` says that the person has blocked the bot, and is False when they just came back.
    """

    text: str = ""
    press: Press | None = None
    message_id: int | None = None
    query_id: str | None = None
    gone: bool = False


@dataclass
class Turn:
    """A person's turn. Rooms read `person`, `asked` and `now`, change the store, and show something."""

    store: Store
    person: Person
    now: datetime
    asked: Asked
    toast: Phrase | None = field(default=None)
    alert: bool = False

    @property
    def voice(self) -> Voice:
        return desk.voice_of(self.person)

    def say(self, shown: Screen, *, about: str = "", lane: Lane = Lane.ANSWER) -> Card:
        """Answers with a new message."""
        return desk.post(self.store, self.person, shown, self.now, lane, about)

    def show(self, shown: Screen, *, lane: Lane = Lane.ANSWER) -> None:
        """Changes the message whose button was pressed; where none was, answers with a new one."""
        if self.asked.message_id is None or shown.qr is not None or shown.keyboard:
            self.say(shown, lane=lane)
            return
        method, body = as_edit(shown, self.voice)
        place = {"chat_id": self.person.telegram_id, "message_id": self.asked.message_id}
        chat = self.person.telegram_id
        self.store.deliveries.post(lane, chat, method, place | body, self.now, person_id=self.person.id)

    def tell(self, whom: Person, shown: Screen, *, lane: Lane = Lane.NEWS, about: str = "") -> Card:
        """Owes a message to somebody else."""
        return desk.post(self.store, whom, shown, self.now, lane, about)

    def flash(self, phrase: Phrase, *, alert: bool = False) -> None:
        """A few words over the screen, in answer to a press."""
        self.toast, self.alert = phrase, alert

    def note(self, act: str, subject: str) -> None:
        """Writes the journal's line for what was just done."""
        self.store.journal.write(self.now, self.person.id, act, subject)
