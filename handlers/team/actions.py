"""Taking a role away, and all that ends with it in the same transaction."""

from datetime import datetime, timedelta

from handlers import clearing, codes, desk, oncall, secondway, standing
from handlers.access import Act, Asks, authorise
from handlers.refusal import Refusal
from handlers.team import rules, screens
from handlers.team.screens import Member
from handlers.watch import look_at_alarms
from locales.phrase import S
from storage.records import Lane, Person, Role
from storage.store import Store
from storage.types import from_millis, to_millis

SWEEP = "team.sweep"
# what Telegram had in its hands at that moment has arrived by then
SWEEP_AFTER = timedelta(minutes=2)

ON_ALARMS = frozenset({Role.ON_CALL, Role.LEAD})


def member(asks: Asks, person_id: str, act: Act = Act.SEE_TEAM) -> Member:
    """A colleague with what hangs on them. Raises Refusal for whoever may not, and for strangers."""
    authorise(asks, act)
    store = asks.store
    try:
        person = store.people.get(person_id)
    except LookupError:
        raise Refusal(S("team.gone")) from None
    if not person.is_staff:
        raise Refusal(S("team.gone"))
    login = store.logins.of(person.id)
    return Member(
        person,
        families=len(store.families.caseload(person.id)),
        courses=store.training.led(person.id, asks.now),
        on_duty=store.duties.is_on(person.id),
        connected=login is not None and login.confirmed,
        codes=store.settings.asks_for_codes,
    )


def hindrance(store: Store, person: Person, role: Role, now: datetime) -> rules.Hindrance | None:
    leads, families = store.people.with_role(Role.LEAD), store.families.caseload(person.id)
    courses = store.training.led(person.id, now)
    return rules.hindrance(person.roles, role, leads=len(leads), families=len(families), courses=courses)


def revoke(asks: Asks, person_id: str, role: Role) -> Person:
    """Takes the role away. Everything that came with it has ended when this transaction has.

    Raises Refusal, and NeedsCode unless a fresh code was shown.
    """
    person = member(asks, person_id, Act.REVOKE_ROLE).person
    store, now = asks.store, asks.now
    hindered = hindrance(store, person, role, now)
    if hindered is not None:
        raise Refusal(screens.HINDERED[hindered])
    store.people.revoke(person.id, role)
    after = store.people.get(person.id)
    _end_duties(store, after, role, now)
    if not after.roles & ON_ALARMS and secondway.taken_away(store, after.id, now):
        store.journal.write(now, asks.person.id, "second_way.removed", f"person:{after.id}")
    if role is Role.CASEWORKER:
        standing.end_all(store, person, asks.person, now)
    store.invitations.void(person.id, now)
    _end_session(store, after)
    _silence(store, after, now)
    store.journal.write(now, asks.person.id, f"role.revoked.{role}", f"person:{person.id}")
    desk.post(store, after, screens.revoked(after, role), now, Lane.ANSWER)
    return after


def _end_duties(store: Store, after: Person, role: Role, now: datetime) -> None:
    if role is Role.ON_CALL:
        store.duties.switch(after.id, False, now)
        oncall.leaves_the_rota(store, after.id, now)
    if role in ON_ALARMS:
        look_at_alarms(store, now)


def _end_session(store: Store, after: Person) -> None:
    store.dialogues.drop(after.id)
    if after.is_staff:
        store.logins.leave(after.id)
    else:
        store.logins.drop(after.id)


def _silence(store: Store, after: Person, now: datetime) -> None:
    """What is queued does not leave, and what stands in the chat goes; an alarm's page stays with whoever helps."""
    helps = bool(after.roles & ON_ALARMS)
    store.deliveries.withdraw(after.id, now, Lane.ANSWER if helps else Lane.PAGE)
    clearing.chat(store, after, now, but="alarm:" if helps else "")
    written = [number for number, at in store.traces.of(after.id) if now - at < clearing.STILL_DELETABLE]
    clearing.messages(store, after, written, now)
    store.timers.set(SWEEP, f"{after.id}:{to_millis(now)}", now + SWEEP_AFTER)


def sweep(store: Store, scope: str, now: datetime) -> None:
    """Takes away what had been under way when the role went."""
    person_id, _, millis = scope.rpartition(":")
    person = store.people.get(person_id)
    helps = bool(person.roles & ON_ALARMS)
    before = from_millis(int(millis))
    clearing.chat(store, person, now, but="alarm:" if helps else "", before=before)


def reset(asks: Asks, person_id: str) -> Person:
    """A colleague lost their app: they connect a new one. Raises Refusal and NeedsCode."""
    person = member(asks, person_id, Act.RESET_CODE).person
    if not asks.store.settings.asks_for_codes:
        raise Refusal(S("team.codes_are_off"))
    asks.store.logins.drop(person.id)
    asks.store.journal.write(asks.now, asks.person.id, "login.reset", f"person:{person.id}")
    codes.begin(asks.store, person, asks.now)
    return person


def switch_codes(asks: Asks, *, on: bool) -> None:
    """Whether members of staff have to show codes. Raises Refusal and NeedsCode."""
    authorise(asks, Act.SWITCH_CODES_ON if on else Act.SWITCH_CODES_OFF)
    asks.store.settings.ask_for_codes(on)
    asks.store.journal.write(asks.now, asks.person.id, "codes.on" if on else "codes.off", "")
