"""/start and codes that are typed; and the answer to whether the right person came."""

from handlers import codes
from handlers.given import number, part
from handlers.home import home
from handlers.intake import actions, due, guessing, rules, screens
from handlers.room import Room, on_command, on_presses
from handlers.screen import Screen
from handlers.tongues import picker
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Person
from storage.spoken import as_spoken


def start(turn: Turn) -> None:
    """Opens the door with a code; without one, greets a guest and takes everybody else home."""
    before, code = turn.person, rules.code_in(turn.asked.text)
    turn.store.dialogues.drop(before.id)
    if _waits(turn):
        turn.say(screens.waiting(before))
    elif code is None:
        turn.say(home(before) if before.roles else screens.hello(before))
        _ask_language(turn)
    elif before.roles and turn.store.invitations.was_used_by(code, before.id):
        turn.say(home(before))
    else:
        _enter(turn, code)


def overhears(turn: Turn) -> bool:
    """A guest's text is read for one thing only, a code; whoever waits is told that they do. Nothing is kept."""
    if turn.person.roles:
        return False
    if _waits(turn):
        turn.say(screens.waiting(turn.person))
        return True
    code = as_spoken(turn.asked.text)
    if code:
        _enter(turn, code)
    return bool(code)


def look(turn: Turn) -> None:
    """The question about somebody who came, or how it was answered."""
    turn.show(_card(turn))


def confirm(turn: Turn) -> None:
    _decide(turn, confirmed=True)


def decline(turn: Turn) -> None:
    _decide(turn, confirmed=False)


def team(turn: Turn) -> None:
    """The team's open invitations, a page of them."""
    known = actions.team_invitations(turn.store, by=turn.person, now=turn.now)
    turn.show(screens.team_invitations(known, number(part(turn))))


def withdraw(turn: Turn) -> None:
    done = actions.withdraw(turn.store, part(turn), by=turn.person, now=turn.now)
    turn.flash(S("intake.withdrawn.toast") if done else S("intake.not_open.toast"))
    turn.show(screens.team_invitations(actions.team_invitations(turn.store, by=turn.person, now=turn.now)))


def _waits(turn: Turn) -> bool:
    return not turn.person.roles and turn.store.invitations.undecided_of(turn.person.id) is not None


def _enter(turn: Turn, code: str) -> None:
    before = turn.person
    used = actions.enter(turn.store, code, by=before, now=turn.now)
    turn.person = turn.store.people.get(before.id)
    turn.say(screens.entered(turn.person, used))
    _ask_language(turn, before)
    if used is not None:
        codes.begin(turn.store, turn.person, turn.now)


def _ask_language(turn: Turn, before: Person | None = None) -> None:
    if rules.asks_language(before or turn.person, turn.person):
        turn.say(picker(turn.person))


def _decide(turn: Turn, *, confirmed: bool) -> None:
    decide = actions.confirm if confirmed else actions.decline
    done = decide(turn.store, part(turn), by=turn.person, now=turn.now)
    turn.flash(S("intake.decided.toast") if done else S("intake.decided_before.toast"))
    turn.show(_card(turn))


def _card(turn: Turn) -> Screen:
    came = actions.arrival(turn.store, part(turn), by=turn.person, now=turn.now)
    return screens.decided(came) if came.used.decided_at else screens.arrived(came)


room = Room(
    "intake",
    handlers=(
        on_command("start", start),
        on_presses(
            "intake",
            {"look": look, "yes": confirm, "no": decline, "team": team, "withdraw": withdraw},
        ),
    ),
    overhears=overhears,
    due={
        actions.REMIND: due.remind,
        actions.OVERDUE: due.overdue,
        guessing.FORGET: guessing.forget,
        guessing.STORM: guessing.calm,
    },
)
