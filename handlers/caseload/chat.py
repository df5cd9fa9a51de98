"""The families button and everything under it."""

from handlers import access
from handlers.access import Act
from handlers.caseload import actions, rules, screens
from handlers.given import number, one_line, part
from handlers.room import Room, on_command, on_presses, on_words
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Family, Site


def menu(turn: Turn) -> None:
    """The caseload in a new message, and out of whatever was going on."""
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.listed(_families(turn)))


def listed(turn: Turn) -> None:
    turn.leaves("caseload")
    turn.show(screens.listed(_families(turn), number(part(turn))))


def new(turn: Turn) -> None:
    access.authorise(turn, Act.ADD_FAMILY)
    turn.store.dialogues.put(turn.person.id, "caseload", "label", {}, turn.now)
    turn.show(screens.ask_label())


def label(turn: Turn) -> None:
    """A new family's name was typed."""
    typed = one_line(turn.asked.text, rules.LONGEST_LABEL, S("caseload.too_long", most=rules.LONGEST_LABEL))
    family = actions.add(turn.store, typed, by=turn.person, now=turn.now)
    turn.store.dialogues.drop(turn.person.id)
    opened = actions.opened(turn.store, family.id, by=turn.person, now=turn.now)
    turn.say(screens.family_card(opened), about=f"family:{family.id}")


def open_family(turn: Turn) -> None:
    opened = actions.opened(turn.store, part(turn), by=turn.person, now=turn.now)
    turn.leaves("caseload")
    turn.show(screens.family_card(opened), about=f"family:{opened.family.id}")


def what_else(turn: Turn) -> None:
    """What is done with a family less often; other rooms do it."""
    family = _family(turn, Act.OPEN_FAMILY)
    turn.show(screens.what_else(family), about=f"family:{family.id}")


def offers(turn: Turn) -> None:
    family = _family(turn, Act.ENROL_FAMILY)
    turn.show(screens.choose_site(family, actions.sites_with_offers(turn.store)))


def site(turn: Turn) -> None:
    family = _family(turn, Act.ENROL_FAMILY)
    chosen = rules.tagged(actions.sites_with_offers(turn.store), part(turn, 1))
    if chosen is None:
        turn.flash(S("door.stale.toast"))
        offers(turn)
    else:
        _show_offers(turn, family, chosen)


def switch(turn: Turn) -> None:
    """Sets or takes away a tick."""
    family = _family(turn, Act.ENROL_FAMILY)
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
    _ask_name(turn, discreet=False)


def neutral(turn: Turn) -> None:
    """Switches for this one invitation whether its phone may show whom messages come from."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    asked = dialogue is not None and (dialogue.room, dialogue.step) == ("caseload", "name")
    discreet = not (asked and dialogue is not None and dialogue.content.get("discreet"))
    _ask_name(turn, discreet=discreet)
    turn.flash(S("caseload.neutral_on.toast") if discreet else S("caseload.neutral_off.toast"))


def _ask_name(turn: Turn, *, discreet: bool) -> None:
    family = _family(turn, Act.INVITE_PARENT)
    wish = {"family": family.id, "discreet": discreet}
    turn.store.dialogues.put(turn.person.id, "caseload", "name", wish, turn.now)
    turn.show(screens.ask_name(family, discreet=discreet))


def name(turn: Turn) -> None:
    """The invited parent's name was typed."""
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    content = dialogue.content if dialogue else {}
    typed = one_line(turn.asked.text, rules.LONGEST_NAME, S("caseload.too_long", most=rules.LONGEST_NAME))
    wish = actions.Wish(str(content.get("family", "")), typed, discreet=bool(content.get("discreet")))
    made = actions.invite(turn.store, wish, by=turn.person, now=turn.now)
    turn.store.dialogues.drop(turn.person.id)
    turn.say(screens.invited(made), about=f"family:{made.family.id}")


def invitations(turn: Turn) -> None:
    """The family's open invitations."""
    _show_invitations(turn, _family(turn, Act.INVITE_PARENT))


def withdraw(turn: Turn) -> None:
    family = _family(turn, Act.INVITE_PARENT)
    done = actions.withdraw(turn.store, family, part(turn, 1), by=turn.person, now=turn.now)
    turn.flash(S("caseload.withdrawn.toast") if done else S("caseload.not_open.toast"))
    _show_invitations(turn, family)


def _show_invitations(turn: Turn, family: Family) -> None:
    turn.show(screens.invitations(family, actions.open_invitations(turn.store, family, now=turn.now)))


def _families(turn: Turn) -> list[Family]:
    return actions.families(turn.store, by=turn.person, now=turn.now)


def _family(turn: Turn, act: Act) -> Family:
    return access.family(turn, act, part(turn))


def _show_offers(turn: Turn, family: Family, where: Site) -> None:
    enrolled = turn.store.families.offers_of(family.id)
    turn.show(screens.choose_offers(family, where, actions.offers_at(turn.store, where), enrolled))


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
                "neutral": neutral,
                "invitations": invitations,
                "withdraw": withdraw,
                "more": what_else,
            },
        ),
    ),
    dialogues={"label": label, "name": name},
)
