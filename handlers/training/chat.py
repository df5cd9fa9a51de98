"""What is said and pressed about parent training. Caseworkers only."""

from dataclasses import replace

from handlers import consenting
from handlers.access import Act, authorise
from handlers.calendar import Draft, a_number
from handlers.picking import TAKES_WHEN, Picking, asks_when
from handlers.refusal import Refusal
from handlers.room import Room, on_command, on_presses, on_words
from handlers.screen import Screen
from handlers.training import actions, rules, screens
from handlers.turn import Turn
from locales.phrase import Phrase, S
from storage.records import Offer, Session


def _about(turn: Turn, draft: Draft) -> Phrase:
    return screens.about_draft(_place(turn, _offer(turn, draft.subject)))


def _offer(turn: Turn, offer_id: str) -> Offer:
    """An offer to plan for. Raises Refusal for any other, known or not."""
    choice = actions.offers_for(turn.store, turn.person)
    found = next((one for one in choice if one.id == offer_id), None)
    if found is None:
        raise Refusal(S("training.no_offers"))
    return found


def _place(turn: Turn, offer: Offer, families: int = 0) -> screens.Place:
    names = {site.id: site.name for site in turn.store.agency.sites()}
    return screens.Place(offer, names.get(offer.site_id, ""), families)


def _ask_offer(turn: Turn, draft: Draft) -> Screen:
    offers = actions.offers_for(turn.store, turn.person)
    choice = [_place(turn, offer, len(turn.store.families.enrolled(offer.id))) for offer in offers]
    labels = [f"{turn.voice.say(S(f'offer.{at.offer.kind}'))}, {at.site}" for at in choice]
    return screens.which_offer(draft.key, choice, labels)


def _preview(turn: Turn, draft: Draft) -> Screen:
    offer = _offer(turn, draft.subject)
    whom = actions.reach(turn.store, offer)
    return screens.preview(draft, _place(turn, offer), draft.starts_at(turn.now), whom)


def _take_offer(turn: Turn, draft: Draft, carried: str) -> Draft | None:
    # By position: the agency names its offers itself, and such a name may be too long for a button.
    position, choice = a_number(carried), actions.offers_for(turn.store, turn.person)
    if position is None or position >= len(choice):
        return None
    if not turn.store.families.enrolled(choice[position].id):
        raise Refusal(S("training.nobody"))
    return replace(draft, subject=choice[position].id)


def _sent(turn: Turn, draft: Draft) -> Screen:
    return _sheet(turn, _known(turn, draft.became))


picking = Picking(
    room=screens.ROOM,
    asks={"offer": _ask_offer, **asks_when(screens.ROOM, _about, home=False), "preview": _preview},
    takes={"offer": ("offer", _take_offer), **TAKES_WHEN},
    done=_sent,
    new=screens.NEW,
)


def send(turn: Turn) -> None:
    found = picking.open(turn, "preview")
    if found is None:
        return
    draft = found[0]
    session = actions.plan(turn.store, draft, _offer(turn, draft.subject), by=turn.person, now=turn.now)
    picking.sent(turn, draft, session.id)
    turn.flash(S("training.sent.toast"))
    _tell_whom_to_call(turn, session)
    turn.show(_sheet(turn, session))


def _tell_whom_to_call(turn: Turn, session: Session) -> None:
    for family in turn.store.families.enrolled(session.offer_id):
        to_call = consenting.by_phone(turn.store, turn.store.people.of_family(family.id))
        if not to_call:
            continue
        shown = consenting.call_them(to_call, family.label)
        if family.caseworker_id == turn.person.id:
            turn.say(shown)
        else:  # a colleague's family: its name is not for whoever planned
            turn.tell(turn.store.people.get(family.caseworker_id), shown)


def listed(turn: Turn) -> None:
    """👪: the sessions ahead, each with how many said what by now."""
    authorise(turn, Act.LIST_TRAININGS)
    ahead = turn.store.training.ahead(turn.person.id, turn.now - rules.LISTED_AFTER)
    single = (session for session in ahead if session.course_id is None)
    courses = {session.course_id for session in ahead if session.course_id and session.cancelled_at is None}
    still = [session for session in single if rules.planned(turn.store.appointments.of_session(session.id))]
    shown = [(session, _counts(turn, session)) for session in still[: screens.MOST]]
    at = [session.starts_at for session, _ in shown]
    labels = [f"{turn.voice.day_short(day)} {turn.voice.time(day)}" for day in at]
    turn.show(screens.overview(shown, labels, len(courses)))


def opened(turn: Turn) -> None:
    turn.show(_sheet(turn, _own(turn, Act.SEE_TRAINING)))


def cancelling(turn: Turn) -> None:
    """Asks once more before a session is cancelled."""
    session = _own(turn, Act.CANCEL_TRAINING)
    if _standing(turn, session) is rules.Standing.PLANNED:
        offer = turn.store.agency.offer(session.offer_id)
        turn.show(screens.sure(session, _at(turn, offer)))
        return
    turn.flash(S("training.stale.toast"))
    turn.show(_sheet(turn, session))


def cancelled(turn: Turn) -> None:
    session = _own(turn, Act.CANCEL_TRAINING)
    still = _standing(turn, session) is rules.Standing.PLANNED
    done = still and actions.cancel(turn.store, session, by=turn.person, now=turn.now)
    turn.flash(S("training.cancelled.toast") if done else S("training.stale.toast"))
    turn.show(_sheet(turn, session))


def _own(turn: Turn, act: Act) -> Session:
    """The session behind a button. Raises Refusal unless this caseworker planned it."""
    parts = turn.asked.press.parts if turn.asked.press else ()
    return _known(turn, parts[0] if parts else "", act)


def _known(turn: Turn, session_id: str, act: Act = Act.SEE_TRAINING) -> Session:
    session = turn.store.training.get(session_id)
    if session is None or session.caseworker_id != turn.person.id:
        authorise(turn, Act.LIST_TRAININGS)
        raise Refusal(S("training.not_yours"))
    authorise(turn, act, session)
    return session


def _sheet(turn: Turn, session: Session) -> Screen:
    at = _at(turn, turn.store.agency.offer(session.offer_id))
    how, doors = _standing(turn, session), rules.doors_open(session, turn.now)
    return screens.sheet(session, at, _counts(turn, session), how, doors=doors)


def _at(turn: Turn, offer: Offer | None) -> screens.Place:
    if offer is None:  # a foreign key holds this
        raise LookupError("a session without its offer")
    return _place(turn, offer)


def _counts(turn: Turn, session: Session) -> rules.Counts:
    return rules.counts(turn.store.appointments.tally(session.id))


def _standing(turn: Turn, session: Session) -> rules.Standing:
    return rules.standing(session, turn.store.appointments.of_session(session.id), turn.now)


room = Room(
    name=screens.ROOM,
    handlers=(
        on_words({"training.menu.button": listed}),
        on_command("training", listed),
        on_presses(
            screens.ROOM,
            {
                **picking.verbs(),
                "send": send,
                "list": listed,
                "open": opened,
                "cancel": cancelling,
                "sure": cancelled,
            },
        ),
    ),
    dialogues={"place": picking.typed},
)
