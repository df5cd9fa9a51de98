"""The families button and everything under it."""

from handlers import roles
from handlers.caseload import actions, rules, screens
from handlers.given import number, one_line, part
from handlers.room import Room, on_command, on_presses, on_words
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Family, Role, Site


def menu(turn: Turn) -> None:
    """The caseload in a new message, and out of whatever was going on."""
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.listed(actions.families(turn.store, by=turn.person)))


def listed(turn: Turn) -> None:
    _leave(turn)
    turn.show(screens.listed(actions.families(turn.store, by=turn.person), number(part(turn))))


def new(turn: Turn) -> None:
    roles.require(turn.person, Role.CASEWORKER)
    turn.store.dialogues.put(turn.person.id, "caseload", "label", {}, turn.now)
    turn.show(screens.ask_label())


def label(turn: Turn) -> None:
    """A new family's name was typed."""
    typed = one_line(turn.asked.text, rules.LONGEST_LABEL, S("caseload.too_long", most=rules.LONGEST_LABEL))
    family = actions.add(turn.store, typed, by=turn.person, now=turn.now)
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.family_card(actions.opened(turn.store, family.id, by=turn.person)))


def open_family(turn: Turn) -> None:
    opened = actions.opened(turn.store, part(turn), by=turn.person)
    _leave(turn)
    turn.show(screens.family_card(opened))


def offers(turn: Turn) -> None:
    family = _family(turn)
    turn.show(screens.choose_site(family, actions.sites_with_offers(turn.store)))


def site(turn: Turn) -> None:
    family = _family(turn)
    chosen = rules.tagged(actions.sites_with_offers(turn.store), part(turn, 1))
    if chosen is None:
        turn.flash(S("door.stale.toast"))
        offers(turn)
    else:
        _show_offers(turn, family, chosen)


def switch(turn: Turn) -> None:
    """Sets or takes away a tick."""
    family = _family(turn)
    chosen = rules.tagged(turn.store.agency.offers(), part(turn, 1))
    where = next((s for s in turn.store.agency.sites() if chosen and s.id == chosen.site_id), None)
    if chosen is None or where is None:
        turn.flash(S("door.stale.toast"))
        offers(turn)
        return
    takes_part = actions.switch(turn.store, family, chosen, by=turn.person, now=turn.now)
    turn.flash(screens.switched(chosen, takes_part=takes_part))
    _show_offers(turn, family, where)


def invite(turn: Turn) -> None:
    family = _family(turn)
    turn.store.dialogues.put(turn.person.id, "caseload", "name", {"family": family.id}, turn.now)
    turn.show(screens.ask_name(family))


def name(turn: Turn) -> None:
    """The invited parent's name was typed."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    family_id = str(dialogue.content["family"]) if dialogue else ""
    typed = one_line(turn.asked.text, rules.LONGEST_NAME, S("caseload.too_long", most=rules.LONGEST_NAME))
    made = actions.invite(turn.store, family_id, typed, by=turn.person, now=turn.now)
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.invited(made))


def _family(turn: Turn) -> Family:
    return roles.of_caseload(turn.store, turn.person, part(turn))


def _show_offers(turn: Turn, family: Family, where: Site) -> None:
    enrolled = turn.store.families.offers_of(family.id)
    turn.show(screens.choose_offers(family, where, actions.offers_at(turn.store, where), enrolled))


def _leave(turn: Turn) -> None:
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    if dialogue is not None and dialogue.room == "caseload":
        turn.store.dialogues.drop(turn.person.id)


room = Room(
    "caseload",
    handlers=(
        on_words({"caseload.menu.button": menu}),
        on_command("familien", menu),
        on_presses(
            "caseload",
            {
                "list": listed,
                "new": new,
                "open": open_family,
                "offers": offers,
                "site": site,
                "switch": switch,
                "invite": invite,
            },
        ),
    ),
    dialogues={"label": label, "name": name},
)
