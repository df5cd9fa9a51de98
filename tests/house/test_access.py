"""The table of rights, tried out in full: every act, every role, every relation, against rules written anew here."""

import ast
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.access import Act, Asking, Thing, authorise, may
from handlers.acts import ACCESS, Proof
from handlers.refusal import NeedsCode, Refusal
from handlers.screen import words
from handlers.team import rules, screens
from locales.languages import shipped
from locales.translator import voice
from storage.engine import Archive
from storage.records import AppointmentKind, Course, CourseState, Mood, Person, Role, Why
from storage.store import Store
from tests.house.test_sizes import modules

STAFF = {Role.CASEWORKER, Role.ON_CALL, Role.LEAD}
# written a second time, by hand and in another shape: whoever changes a right changes it in two places
FOR_ALL = {Act.ASK_FOR_HELP, Act.RAISE_ALARM}
OF_ALARM_OWNER = {Act.WITHDRAW_ALARM, Act.SAY_SAFE, Act.WISH_IN_ALARM}
ON_CALL_ANY = {Act.SEE_ALARMS, Act.SEE_ROTA, Act.SEE_PLACES, Act.HOLD_PLACE}
ON_CALL_OTHERS = {Act.TAKE_ALARM, Act.JOIN_ALARM, Act.PASS_ALARM_ON}
ON_CALL_TAKER = {Act.WRITE_IN_ALARM, Act.END_ALARM, Act.PROMISE_IN_ALARM, Act.HAND_ALARM_ON}
ON_CALL_HEARING = {Act.READ_ALARM_LINES, Act.SEE_WHO_NEEDS_HELP}
ON_CALL_PAST = {Act.SEE_PAST_ALARMS}
ANSWERED = {Act.READ_ALARM_LOG, Act.READ_DEBRIEFS}
DEBRIEFED = {Act.WRITE_DEBRIEF}
STAFF_LISTS = {Act.LIST_CONCERNS}
PROTECTS = {
    Act.OPEN_CONCERN,
    Act.READ_CONCERN,
    Act.MARK_CONCERN,
    Act.CLOSE_CONCERN,
    Act.EXPORT_CONCERN,
}
READS_WORRY = {Act.READ_WORRY}
OF_MEMBERS = {
    Act.JOIN_COURSE,
    Act.SEE_OWN_APPOINTMENTS,
    Act.ANSWER_APPOINTMENT,
    Act.ASK_TO_MOVE,
    Act.CHECK_IN,
    Act.PRACTISE,
    Act.CONSENT,
}
PARENT_SELF = {Act.BE_DISCREET, Act.CHOOSE_REMINDERS}
OF_ONESELF = {Act.USE_OWN_RIGHTS, Act.READ_NEWS, Act.CHOOSE_QUIET}
ANY_CASEWORKER = {
    Act.LIST_FAMILIES,
    Act.ADD_FAMILY,
    Act.PLAN,
    Act.LIST_APPOINTMENTS,
    Act.LIST_TRAININGS,
    Act.LIST_CHECKINS,
    Act.LIST_CALLS,
    Act.LIST_ATTENDANCE,
}
CASEWORKER_SELF = {Act.KEEP_CALENDARS, Act.READ_FEED}
OWN_OR_DEPUTY = {
    Act.OPEN_FAMILY,
    Act.ENROL_FAMILY,
    Act.INVITE_PARENT,
    Act.CONFIRM_PARENT,
    Act.PLAN_APPOINTMENT,
    Act.SEE_APPOINTMENT,
    Act.CANCEL_APPOINTMENT,
    Act.EXPLAIN_APPOINTMENT,
    Act.SEE_ATTENDANCE,
    Act.NOTE_ATTENDANCE,
    Act.SEE_CALL,
    Act.NOTE_CALL,
    Act.DECIDE_MOVE,
    Act.SHIFT_APPOINTMENT,
    Act.READ_CHECKIN,
    Act.GIVE_PRACTICE,
    Act.SEE_PRACTICE,
    Act.COUNT_ENTRUSTED,
    Act.ENTRUST,
    Act.SEE_FAMILY_RIGHTS,
    Act.EXPORT_FAMILY,
}
OWN_ALONE = {Act.PROPOSE_ERASE}
OWN_OR_LEAD = {Act.HAND_OVER_FAMILY, Act.SET_HOLD}
PLANNERS = {Act.SEE_TRAINING, Act.CANCEL_TRAINING}
TRAINERS = {Act.SEE_COURSE, Act.LEAD_COURSE, Act.NOTE_PRESENCE, Act.CERTIFY}
CONFIDANTS = {Act.READ_ENTRUSTED, Act.DELETE_ENTRUSTED}
SUCCESSORS = {Act.READ_ENTRUSTED_ON_GROUND}
ANY_STAFF = {Act.NOTE_INCIDENT}
SELF_OR_LEAD = {Act.SEE_DEPUTIES, Act.NAME_DEPUTY, Act.END_DEPUTY}
HELPERS_SELF = {Act.KEEP_SECOND_WAYS, Act.CHOOSE_HOW_SHOWN}
ON_CALL_SELF = {Act.GO_ON_DUTY, Act.SWAP_SHIFTS, Act.ANSWER_DRILL}
LEADS = {
    Act.MANAGE_ROTA,
    Act.GRANT_ERASE,
    Act.SEE_REQUESTS,
    Act.LIFT_HOLD,
    Act.SEE_TEAM,
    Act.INVITE_STAFF,
    Act.REVOKE_ROLE,
    Act.RESET_CODE,
    Act.HAND_OVER_ALL,
    Act.SEE_OFFERS_WEEK,
    Act.OVERSEE,
    Act.SEE_RULES,
    Act.SWITCH_CODES_ON,
    Act.SWITCH_CODES_OFF,
    Act.SEE_KEEPING,
    Act.READ_JOURNAL,
    Act.SEE_INCIDENTS,
    Act.SEE_PAST_HOLDS,
    Act.RUN_DRILL,
}
FRESH = {
    Act.EXPORT_CONCERN,
    Act.EXPORT_FAMILY,
    Act.PROPOSE_ERASE,
    Act.GRANT_ERASE,
    Act.SET_HOLD,
    Act.LIFT_HOLD,
    Act.INVITE_STAFF,
    Act.REVOKE_ROLE,
    Act.RESET_CODE,
    Act.HAND_OVER_ALL,
    Act.SWITCH_CODES_OFF,
    Act.READ_ENTRUSTED_ON_GROUND,
}
WITHOUT_CODE = (
    FOR_ALL
    | OF_ALARM_OWNER
    | ON_CALL_ANY
    | ON_CALL_OTHERS
    | ON_CALL_TAKER
    | OF_MEMBERS
    | PARENT_SELF
    | {Act.USE_OWN_RIGHTS, Act.CHOOSE_QUIET}
    | ON_CALL_SELF
    | HELPERS_SELF
    | {Act.SEE_RULES, Act.READ_FEED}
    | ANY_STAFF
)
GROUPS = (
    FOR_ALL,
    OF_ALARM_OWNER,
    ON_CALL_ANY,
    ON_CALL_OTHERS,
    ON_CALL_TAKER,
    ON_CALL_HEARING,
    READS_WORRY,
    ON_CALL_PAST,
    ANSWERED,
    DEBRIEFED,
    STAFF_LISTS,
    PROTECTS,
    OF_MEMBERS,
    PARENT_SELF,
    OF_ONESELF,
    ANY_CASEWORKER,
    CASEWORKER_SELF,
    OWN_OR_DEPUTY,
    OWN_ALONE,
    OWN_OR_LEAD,
    PLANNERS,
    TRAINERS,
    CONFIDANTS,
    SUCCESSORS,
    ANY_STAFF,
    SELF_OR_LEAD,
    ON_CALL_SELF,
    HELPERS_SELF,
    LEADS,
)


@dataclass(frozen=True)
class Facts:
    """How the person who asks stands to everything there is."""

    roles: frozenset[Role]
    own: bool
    deputy: str  # "never", "now", "ended", "to come"
    member: bool
    confidant: bool
    raised: bool
    taken: str  # one of TAKEN
    paged: bool
    planned: bool
    self: bool
    covers: bool = False  # stands in for whoever plans trainings
    ended: str = "no"  # one of ENDED: whether the alarm has, and when


@dataclass(frozen=True)
class World:
    me: Person
    things: dict[str, Thing]


def allowed(act: Act, facts: Facts, thing: str) -> bool:
    """What this file says."""
    roles, helps = facts.roles, bool(facts.roles & {Role.ON_CALL, Role.LEAD})
    of_family = thing in {
        "family",
        "circle",
        "appointment",
        "call",
        "checkin",
        "concern",
        "entrusted",
        "invitation",
        "worry",
        "seat",
    }
    cares = of_family and Role.CASEWORKER in roles and (facts.own or facts.deputy == "now")
    alarm, me = thing == "alarm", thing == "person" and facts.self
    took, apart = (
        facts.taken in {"me", "joined"},
        not facts.member,
    )  # nobody helps where it is their own family
    waits = facts.ended == "no" and facts.taken in {"nobody", "forgotten"}
    hears = (took and facts.ended != "long ago") or (waits and facts.paged)
    lead, written = Role.LEAD in roles, thing == "entrusted"
    others, on_call = alarm and not facts.raised and apart, Role.ON_CALL in roles
    helped = on_call and thing in {"family", "concern"} and not facts.raised and took and apart
    involved = on_call and others and (facts.paged or took)
    verdicts = (
        (FOR_ALL, True),
        (OF_ALARM_OWNER, alarm and facts.raised),
        (ON_CALL_ANY, helps),
        (ON_CALL_OTHERS, helps and others),
        (ON_CALL_TAKER, helps and alarm and facts.taken == "me"),
        (ON_CALL_HEARING, helps and others and hears),
        (READS_WORRY, cares or (helps and thing == "worry" and facts.paged and apart)),
        (OF_MEMBERS, Role.PARENT in roles and of_family and facts.member),
        (PARENT_SELF, me and Role.PARENT in roles),
        (OF_ONESELF, me),
        (ANY_CASEWORKER, Role.CASEWORKER in roles),
        (CASEWORKER_SELF, me and Role.CASEWORKER in roles),
        (OWN_OR_DEPUTY, cares),
        (OWN_ALONE, cares and facts.own),
        (OWN_OR_LEAD, lead or (cares and facts.own)),
        (PLANNERS, Role.CASEWORKER in roles and thing in TRAINED and facts.planned),
        (TRAINERS, Role.CASEWORKER in roles and thing in TRAINED and (facts.planned or facts.covers)),
        (CONFIDANTS, cares and written and facts.confidant),
        (SUCCESSORS, cares and written and not facts.confidant),
        (ANY_STAFF, bool(roles & STAFF)),
        (ON_CALL_PAST, helps),
        (ANSWERED, involved or (lead and others)),
        (DEBRIEFED, (on_call and alarm and facts.taken == "me") or (lead and others)),
        (STAFF_LISTS, bool(roles & STAFF)),
        (PROTECTS, cares or helped or (lead and thing in {"family", "concern"} and apart)),
        (SELF_OR_LEAD, lead or (me and Role.CASEWORKER in roles)),
        (HELPERS_SELF, me and helps),
        (ON_CALL_SELF, me and Role.ON_CALL in roles),
        (LEADS, lead),
    )
    return any(verdict for group, verdict in verdicts if act in group)


TRAINED = {"session", "course"}
# by whom: me, another, another with me, another who then did not answer
TAKEN = ("nobody", "me", "other", "joined", "forgotten")
ENDED = {"no": None, "lately": 29, "long ago": 30}  # days since
DEPUTY = {"now": (-1, 1), "ended": (-2, 0), "to come": (1, 2)}
_numbers = iter(range(10_000, 10_000_000))


def build(store: Store, facts: Facts, now: datetime) -> World:
    """A small agency in which these facts hold."""
    me, other, parent, trainer = (store.people.met(next(_numbers), "de", now) for _ in range(4))
    me = replace(me, roles=facts.roles)
    family = store.families.add("Ahorn", me.id if facts.own else other.id, now)
    if facts.deputy in DEPUTY:
        begins, ends = (now + timedelta(days=n) for n in DEPUTY[facts.deputy])
        store.deputies.add(family.caseworker_id, me.id, begins, ends, other.id)
    store.families.join(family.id, me.id if facts.member else parent.id)
    kind = AppointmentKind.OTHER
    appointment = store.appointments.add(family.id, family.caseworker_id, kind, now, "")
    note = store.entrusted.add(family.id, me.id if facts.confidant else other.id, "x", now)
    code, _ = store.invitations.add(Role.PARENT, "x", now, family_id=family.id)
    alarm = store.alarms.open(me.id if facts.raised else parent.id, family.id, {"minutes": [5]}, now)
    worry = store.worries.add(parent.id, family.id, "x", now)
    if facts.paged:
        store.alarms.page(alarm.id, me.id, 1, now)
        store.cards.add(me.id, f"worry:{worry.id}", now)
    if facts.taken != "nobody":
        store.alarms.take(alarm.id, me.id if facts.taken == "me" else other.id, now)
    if facts.taken == "joined":
        store.alarms.join(alarm.id, me.id, now)
    if facts.taken == "forgotten":
        store.alarms.forgotten(alarm.id, now)
    if (days := ENDED[facts.ended]) is not None:
        store.alarms.end(alarm.id, None, now - timedelta(days=days))
    planner = me if facts.planned else trainer
    if facts.covers:
        store.deputies.add(trainer.id, me.id, now - timedelta(days=1), now + timedelta(days=1), other.id)
    offer = store.agency.offers()[0].id
    about = Course("", offer, planner.id, "s", "", None, now, 60, 4, True, (), CourseState.OPEN, now)
    course = store.courses.add(about)
    store.courses.invite(course.id, family.id, now)
    things: dict[str, Thing] = {
        "family": family,
        "circle": store.appointments.circle(appointment.id),
        "appointment": appointment,
        "call": store.calls.add(family.id, parent.id, Why.UNANSWERED, now, appointment.id),
        "checkin": store.checkins.add(parent.id, family.id, Mood.BAD, now),
        "concern": store.concerns.open(family.id, other.id, now),
        "entrusted": note,
        "invitation": store.invitations.find(code, now),
        "alarm": store.alarms.get(alarm.id),
        "worry": worry,
        "session": store.training.add(offer, planner.id, now, ""),
        "course": course,
        "seat": store.courses.seat(course.id, family.id),
        "person": me if facts.self else other,
        "nothing": None,
    }
    return World(me, things)


def agency(store: Store) -> None:
    store.settings.ask_for_codes(False)
    store.agency.put_sites([{"id": "s", "name": "S", "address": "", "places": 1}])
    store.agency.put_offers([{"id": "o", "site_id": "s", "kind": "parent_training"}])


def wrong(store: Store, facts: Facts, now: datetime) -> list[str]:
    """Every act on every thing whose answer differs from what this file says."""
    world = build(store, facts, now)
    asks = Asking(store, world.me, now)
    return [
        f"{act} on {name}: {facts}"
        for act, (name, thing) in product(Act, world.things.items())
        if may(asks, act, thing) != allowed(act, facts, name)
    ]


ROLES = [frozenset(some) for n in range(5) for some in combinations(Role, n)]


def everything() -> chain[Facts]:
    """Roles by themselves and together, with each way to stand to a family, and each way to stand to an alarm."""
    plain = Facts(frozenset(), False, "never", False, False, False, "nobody", False, False, False)
    to_family = product(ROLES, (True, False), ("never", *DEPUTY), (True, False), (True, False))
    to_alarm = product(ROLES, (True, False), TAKEN, (True, False))
    later = product(ROLES, (True, False), TAKEN, ENDED)
    return chain(
        (
            replace(plain, roles=roles, own=own, deputy=deputy, member=member, confidant=confidant)
            for roles, own, deputy, member, confidant in to_family
        ),
        (
            replace(plain, roles=roles, raised=raised, taken=taken, paged=paged)
            for roles, raised, taken, paged in to_alarm
        ),
        (
            replace(plain, roles=roles, member=member, taken=taken, paged=True, ended=ended)
            for roles, member, taken, ended in later
        ),
        (
            replace(plain, roles=roles, planned=planned, self=self, covers=covers)
            for roles, planned, self, covers in product(ROLES, *[(True, False)] * 3)
        ),
    )


@pytest.mark.parametrize("part", range(4))
async def test_every_act_every_role_every_relation(archive: Archive, now: datetime, part: int) -> None:
    await archive.write(agency)
    found = list(everything())[part::4]
    assert len(found) > 150
    for facts in found:
        assert await archive.write(lambda store, facts=facts: wrong(store, facts, now)) == []


facts_of_all_kinds = st.builds(
    Facts,
    roles=st.frozensets(st.sampled_from(list(Role))),
    own=st.booleans(),
    deputy=st.sampled_from(["never", *DEPUTY]),
    member=st.booleans(),
    confidant=st.booleans(),
    raised=st.booleans(),
    taken=st.sampled_from(TAKEN),
    paged=st.booleans(),
    planned=st.booleans(),
    self=st.booleans(),
    covers=st.booleans(),
    ended=st.sampled_from(list(ENDED)),
)


async def test_no_mixture_of_facts_opens_what_it_should_not(archive: Archive, now: datetime) -> None:
    drawn: list[Facts] = []

    @settings(max_examples=250, deadline=None)
    @given(facts_of_all_kinds)
    def draw(facts: Facts) -> None:
        drawn.append(facts)

    draw()
    await archive.write(agency)
    for facts in drawn:
        assert await archive.write(lambda store, facts=facts: wrong(store, facts, now)) == []


def test_every_act_has_a_row_and_stands_in_one_group() -> None:
    assert set(ACCESS) == set(Act)
    counted = [sum(act in group for group in GROUPS) for act in Act]
    assert counted == [1] * len(Act)


def test_what_must_be_shown_is_what_this_file_says() -> None:
    for act, rule in ACCESS.items():
        expected = Proof.FRESH if act in FRESH else Proof.NONE if act in WITHOUT_CODE else Proof.OPEN
        assert rule.proof is expected, act


async def test_without_a_code_nothing_opens_that_needs_one(archive: Archive, now: datetime) -> None:
    everybody = Facts(frozenset(STAFF), True, "never", False, True, False, "me", True, True, True)

    def story(store: Store) -> None:
        agency(store)
        world = build(store, everybody, now)
        store.settings.ask_for_codes(True)
        asks = Asking(store, world.me, now)
        store.logins.begin(world.me.id, "A" * 32)
        for until, proof in ((None, Proof.NONE), (1, Proof.OPEN), (2, Proof.FRESH)):
            if until is not None:
                fresh = now + timedelta(minutes=5 if proof is Proof.FRESH else 0)
                store.logins.enter(world.me.id, until, now + timedelta(hours=1), fresh)
            for act, (name, thing) in product(Act, world.things.items()):
                if not allowed(act, everybody, name):
                    continue
                needs = ACCESS[act].proof
                assert may(asks, act, thing) == (needs <= proof), (act, proof)
                if needs > proof:
                    with pytest.raises(NeedsCode) as asked:
                        authorise(asks, act, thing)
                    assert asked.value.fresh == (needs is Proof.FRESH)

    await archive.write(story)


async def test_every_read_of_family_content_writes_a_line_and_a_refusal_none(
    archive: Archive, now: datetime
) -> None:
    worker = Facts(frozenset(STAFF), True, "never", False, True, False, "me", True, False, False)

    def story(store: Store) -> None:
        agency(store)
        world = build(store, worker, now)
        for act, (name, thing) in product(Act, world.things.items()):
            before = store.journal.count()
            try:
                authorise(Asking(store, world.me, now), act, thing)
            except Refusal:
                assert store.journal.count() == before
                continue
            assert store.journal.count() - before == int(ACCESS[act].reads), (act, name)
            if ACCESS[act].reads:
                line = store.journal.newest(1)[0]
                assert line["family_id"] == world.things["family"].id  # type: ignore[union-attr]

    await archive.write(story)


def test_every_act_is_asked_about_somewhere() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in modules()
        if path.parts[-1] not in {"acts.py"} and "handlers" in path.parts
    )
    unasked = [act for act in Act if not re.search(rf"Act\.{act.name}\b", code)]
    assert unasked == []


def test_no_room_decides_by_roles_what_somebody_may() -> None:
    """Rooms may look at roles to choose words and rows; a refusal comes from the table alone."""
    for path in modules():
        if "handlers" not in path.parts or path.name in {"access.py", "screens.py"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            raises = isinstance(node, ast.If) and any(isinstance(one, ast.Raise) for one in node.body)
            said = ast.unparse(node.test) if raises and isinstance(node, ast.If) else ""
            assert not re.search(r"Role\.\w+ (not )?in (turn\.person|asks\.person|by|person)\.roles", said), (
                f"{path}: {said}"
            )


@pytest.mark.parametrize("language", shipped("staff"))
def test_the_table_is_read_in_the_chat_as_it_is(language: str) -> None:
    lines = list(rules.lines())
    pages = -(-len(lines) // rules.ON_A_PAGE)
    said = "\n".join(words(screens.table(lines, n), voice(language)) for n in range(pages))
    assert said.count("•") == len(Act)
