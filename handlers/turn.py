"""One update of one person, inside one open transaction: what a room is given to act with."""

from dataclasses import dataclass, field
from datetime import datetime

from handlers import desk
from handlers.callback import Press
from handlers.screen import Screen, can_replace
from locales.phrase import Phrase
from locales.translator import Voice
from storage.records import Card, Lane, Person
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Spoken:
    """A voice message by Telegram's own name for it, which is all we ever have of it, and its length in seconds."""

    file_id: str
    seconds: int


@dataclass(slots=True)
class Asked:
    """What came in, in our own words. `message_id` is the message whose button was pressed, `wrote` the
    number of the message they wrote, `voice` what they said in it instead.

    `gone` says that the person has blocked the bot, and is False when they just came back; `flood` that
    the text is all of what was too much at once.
    """

    text: str = ""
    press: Press | None = None
    message_id: int | None = None
    wrote: int | None = None
    query_id: str | None = None
    gone: bool = False
    flood: bool = False
    voice: Spoken | None = None


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
        return desk.post(self.store, self.person, shown, self.now, lane, about, direct=True)

    def show(self, shown: Screen, *, lane: Lane = Lane.ANSWER, about: str = "") -> None:
        """Changes the message whose button was pressed; where none was, answers with a new one.

        `about` names whose content it shows from now on, so that it is found again when that is erased.
        """
        if self.asked.message_id is None or not can_replace(shown):
            self.say(shown, lane=lane, about=about)
        else:
            self.store.cards.shows(self.person.id, self.asked.message_id, about)
            desk.show(self.store, self.person, self.asked.message_id, shown, self.now, lane)

    def tell(
        self, whom: Person, shown: Screen, *, lane: Lane = Lane.NEWS, about: str = "", always: bool = False
    ) -> Card:
        """Owes a message to somebody else; `always` says that it reaches also those who pause."""
        return desk.post(self.store, whom, shown, self.now, lane, about, always=always)

    def flash(self, phrase: Phrase, *, alert: bool = False) -> None:
        """A few words over the screen, in answer to a press."""
        self.toast, self.alert = phrase, alert

    def leaves(self, room: str) -> None:
        """Ends the conversation they are in, if it is one of this room."""
        self.store.dialogues.drop(self.person.id, room)

    def note(self, act: str, subject: str, family_id: str | None = None) -> None:
        """Writes the journal's line for what was just done; `family_id` is whose content it was about."""
        self.store.journal.write(self.now, self.person.id, act, subject, family_id)
