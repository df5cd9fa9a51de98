"""Codes of staff's authenticator apps (TOTP, RFC 6238): connecting one, asking for a code, and what one opens.

Telegram tells us who holds a phone, not who looks at it. So members of staff show a six-digit code besides: it
opens families' content for 12 hours, and for 5 minutes what can't be undone.
"""

import hmac
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

import pyotp

from handlers import clearing, desk
from handlers.proofs import is_over
from handlers.screen import Screen, screen
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Lane, Login, Person
from storage.store import Store

ROOM = "login"
OPEN_FOR = timedelta(hours=12)
FRESH_FOR = timedelta(minutes=5)
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
STEP_SECONDS = 30
SKEW = 1  # steps that a phone's clock may be off
DIGITS = 6
ISSUER = "Pänz"


class Outcome(StrEnum):
    """What a typed code did."""

    OPENED = "opened"
    WRONG = "wrong"  # or used before: whoever guesses learns nothing
    LOCKED = "locked"


def begin(store: Store, person: Person, now: datetime) -> None:
    """Lets a member of staff connect their app, for instance right after they came in: a picture to scan.

    Does nothing for parents, while codes are not asked for, and for whoever has an app connected already.
    """
    login = store.logins.of(person.id)
    if not person.is_staff or not store.settings.asks_for_codes or (login and login.confirmed):
        return
    forget_picture(store, person, now)
    secret = pyotp.random_base32()
    store.logins.begin(person.id, secret)
    _wait_for(store, person, now, fresh=False)
    desk.post(store, person, connect(secret, person.name), now, Lane.ANSWER, _about(person))


def ask(turn: Turn, *, fresh: bool) -> None:
    """Asks for a code; whoever has no app connected yet is shown how."""
    login = turn.store.logins.of(turn.person.id)
    if login is None or not login.confirmed:
        return begin(turn.store, turn.person, turn.now)
    _wait_for(turn.store, turn.person, turn.now, fresh=fresh)
    turn.say(asking(fresh=fresh))
    return None


def is_expected(turn: Turn) -> bool:
    """Whether what is typed now is a code, and for nobody else's eyes."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    return dialogue is not None and dialogue.room == ROOM and digits(turn.asked.text) is not None


def enter(store: Store, person: Person, code: str, now: datetime) -> Outcome:
    """Tries a code of six digits. A right one opens; five wrong ones in a row close the door for a while."""
    login = store.logins.of(person.id)
    if login is None:
        return Outcome.WRONG
    if not is_over(login.locked_until, now):
        return Outcome.LOCKED
    step = step_of(login.secret, code, now)
    if step is not None and store.logins.enter(person.id, step, now + OPEN_FOR, now + FRESH_FOR):
        store.journal.write(now, person.id, "login.opened", f"person:{person.id}")
        return Outcome.OPENED
    return _failed(store, login, now)


def _failed(store: Store, login: Login, now: datetime) -> Outcome:
    tries = login.failures + 1
    if tries < TRIES:
        store.logins.failed(login.person_id, tries, None)
        return Outcome.WRONG
    store.logins.failed(login.person_id, 0, now + LOCKED_FOR)
    store.journal.write(now, login.person_id, "login.locked", f"person:{login.person_id}")
    return Outcome.LOCKED


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step of 30 seconds whose code this is, the newest of those that fit; None when none does."""
    current = int(now.timestamp()) // STEP_SECONDS
    app = pyotp.TOTP(secret)
    fitting = [
        step
        for step in range(current - SKEW, current + SKEW + 1)
        if hmac.compare_digest(app.at(step * STEP_SECONDS), code)
    ]
    return max(fitting, default=None)


def digits(typed: str) -> str | None:
    """The six digits of a code, however they are grouped and in whatever script; None for every other text."""
    bare = "".join(typed.split())
    if len(bare) != DIGITS or not all(sign.isdecimal() for sign in bare):
        return None
    return "".join(str(unicodedata.decimal(sign)) for sign in bare)


def forget_picture(store: Store, person: Person, now: datetime) -> None:
    """Takes the picture with the secret out of the chat."""
    clearing.cards(store, person, store.cards.about(_about(person)), now)


def _about(person: Person) -> str:
    return f"login:{person.id}"


def _wait_for(store: Store, person: Person, now: datetime, *, fresh: bool) -> None:
    """What they were in the middle of goes on once the code has been typed."""
    before = store.dialogues.of(person.id, now)
    earlier = None
    if before is not None:
        kept = {"room": before.room, "step": before.step, "content": dict(before.content)}
        earlier = before.content.get("before") if before.room == ROOM else kept
    store.dialogues.put(person.id, ROOM, "code", {"fresh": fresh, "before": earlier}, now)


def resume(store: Store, person: Person, now: datetime) -> None:
    """Back into the conversation the question for the code had interrupted."""
    waiting = store.dialogues.of(person.id, now)
    earlier = waiting.content.get("before") if waiting is not None and waiting.room == ROOM else None
    store.dialogues.drop(person.id)
    if earlier:
        store.dialogues.put(person.id, earlier["room"], earlier["step"], earlier["content"], now)


def asking(*, fresh: bool) -> Screen:
    return screen(S("login.ask_fresh") if fresh else S("login.ask"))


def connect(secret: str, name: str) -> Screen:
    """The picture for an authenticator app, and the secret as words for whoever has the app on the same phone."""
    link = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return Screen((S("login.connect"), S("login.secret", secret=grouped)), qr=link)
