"""A link may fall into the wrong hands: only the caseworker's yes lets somebody into a family."""

from datetime import timedelta

from storage.records import Role
from storage.store import Store
from tests import forgery
from tests.phones import Phone, plain
from tests.stage import Stage

CARD = "Mit der Einladung für Amina ist jemand gekommen"
WAITING, CLOSED = "Wir prüfen noch kurz", "Dieser Link oder Code gilt nicht."


async def comes(stage: Stage, label: str, berger: Phone) -> Phone:
    """Somebody opens the invitation for Amina."""
    code = await stage.invitation(Role.PARENT, "Amina", await stage.family(label, berger))
    phone = stage.stranger("A.", "de")
    await phone.types(f"/start {code}")
    await phone.sees(WAITING)
    await phone.sees("Welche Sprache")
    return phone


async def known(stage: Stage, phone: Phone) -> tuple[str, frozenset[Role], bool]:
    """Name, roles, and whether there is a family."""

    def look(store: Store) -> tuple[str, frozenset[Role], bool]:
        person = store.people.by_telegram(phone.account.id)
        assert person is not None
        return person.name, person.roles, store.families.of_person(person.id) is not None

    return await stage.machine.archive.read(look)


async def names_on_invitations(stage: Stage) -> set[str]:
    def look(store: Store) -> set[str]:
        ids = store.connection.exec_driver_sql("SELECT id FROM invitations WHERE decided_at IS NOT NULL")
        found = [store.invitations.get(row[0]) for row in ids.all()]
        return {one.name for one in found if one is not None}

    return await stage.machine.archive.read(look)


async def acts(stage: Stage) -> list[str]:
    return [
        str(line["act"]) for line in await stage.machine.archive.read(lambda store: store.journal.newest())
    ]


async def test_until_then_nothing_opens_but_help(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = await comes(stage, "Ahorn 12", berger)
    card = plain((await berger.sees(CARD)).words)
    assert "Rufen Sie kurz an" in card

    assert await known(stage, amina) == ("", frozenset(), False)
    await amina.types("📅 Termine")
    await amina.sees(" Link")
    await amina.types("Hallo? Ist da jemand?")
    await amina.sees(WAITING)
    await amina.presses("🆘 Hilfe")
    await amina.sees("110")
    await amina.presses("🚨")
    await koch.sees("A-0001")
    await amina.reads_everything()


async def test_a_yes_lets_them_in_and_asks_for_consent(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await comes(stage, "Ahorn 12", berger)
    await berger.sees(CARD)

    await berger.presses("✅ Ja, das ist Amina")

    await berger.toasted("Gespeichert")
    assert "Bestätigt von: Frau Berger" in plain((await berger.sees("Jetzt verbunden: Amina")).words)
    await amina.sees("Willkommen")
    await amina.sees("Dürfen wir Ihnen über Telegram schreiben?")
    assert await known(stage, amina) == ("Amina", frozenset({Role.PARENT}), True)
    assert await names_on_invitations(stage) == {""}
    assert "invitation.confirmed.parent" in await acts(stage)


async def test_a_no_gives_nothing_and_sounds_like_a_wrong_code(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    nosy = await comes(stage, "Ahorn 12", berger)
    await berger.sees(CARD)

    await berger.presses("❌ Nein")

    await berger.sees("Das war nicht die richtige Person")
    await nosy.sees(CLOSED)
    assert await known(stage, nosy) == ("", frozenset(), False)
    assert await names_on_invitations(stage) == {""}
    assert "invitation.declined.parent" in await acts(stage)
    await nosy.types(nosy.account.messages[next(iter(nosy.account.messages))].words)
    await nosy.sees(CLOSED)
    await nosy.sees("Welche Sprache")


async def test_the_second_press_shows_who_decided(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    yilmaz = await stage.staff("Herr Yılmaz", Role.CASEWORKER)
    await stands_in(stage, yilmaz, berger)
    amina = await comes(stage, "Ahorn 12", berger)
    first, second = await berger.sees(CARD), await yilmaz.sees(CARD)
    yes, no = [row[0]["callback_data"] for row in first.inline or []]
    await yilmaz.presses("✅ Ja, das ist Amina")
    await yilmaz.sees("Bestätigt von: Herr Yılmaz")
    await berger.sees("Bestätigt von: Herr Yılmaz")
    await amina.sees("Willkommen")
    await amina.sees("Dürfen wir")

    for late in (no, yes):
        assert "schon entschieden" in await forgery.answer(forgery.presses(berger, late, first.message_id))
    assert "Bestätigt von: Herr Yılmaz" in plain(berger.account.messages[first.message_id].words)
    assert second.message_id
    assert (await known(stage, amina))[2]


async def stands_in(stage: Stage, deputy: Phone, caseworker: Phone) -> None:
    now = stage.clock.now()

    def add(store: Store) -> None:
        for_, by = (store.people.by_telegram(phone.account.id) for phone in (caseworker, deputy))
        assert for_ is not None
        assert by is not None
        store.deputies.add(for_.id, by.id, now, now + timedelta(days=7), for_.id)

    await stage.machine.archive.write(add)


async def test_nobody_else_may_say_so(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    yilmaz = await stage.staff("Herr Yılmaz", Role.CASEWORKER)
    haas = await stage.staff("Frau Haas", Role.LEAD)
    amina = await comes(stage, "Ahorn 12", berger)
    card = await berger.sees(CARD)
    yes = (card.inline or [])[0][0]["callback_data"]

    assert "gehört nicht zu Ihren Familien" in await forgery.answer(forgery.presses(yilmaz, yes))
    assert "gehört nicht zu Ihrer Rolle" in await forgery.answer(forgery.presses(haas, yes))
    assert await forgery.answer(forgery.presses(amina, yes))
    assert await forgery.answer(forgery.presses(berger, yes[:-4] + "aaaa"))
    assert not (await known(stage, amina))[2]


async def test_who_forgets_is_reminded_and_then_the_lead_hears(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    haas = await stage.staff("Frau Haas", Role.LEAD)
    amina = await comes(stage, "Ahorn 12", berger)
    await berger.sees(CARD)

    await stage.forward(hours=23, minutes=58)
    await berger.sees_nothing()
    await stage.forward(minutes=4)
    await berger.sees("wartet noch jemand auf Ihre Antwort")
    await haas.sees_nothing()
    await stage.forward(hours=48)
    told = plain((await haas.sees("Seit drei Tagen wartet jemand")).words)
    assert "Frau Berger" in told
    assert "Amina" not in told
    assert "Ahorn" not in told
    await berger.sees("wartet noch jemand auf Ihre Antwort")

    await berger.presses("✅ Ja, das ist Amina")
    await berger.sees("Jetzt verbunden: Amina")
    await berger.reads_everything()
    await amina.sees("Willkommen")
    await amina.sees("Dürfen wir")
    await stage.forward(hours=100)
    await haas.sees_nothing()


async def test_an_answer_in_time_means_no_reminder(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    nosy = await comes(stage, "Ahorn 12", berger)
    await berger.sees(CARD)
    await berger.presses("❌ Nein")
    await berger.sees("Das war nicht die richtige Person")
    await nosy.sees(CLOSED)

    await stage.forward(hours=80)
    await berger.sees_nothing()


async def test_the_family_card_knows_who_waits(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    amina = await comes(stage, "Ahorn 12", berger)
    await berger.sees(CARD)
    await berger.presses("👪 Familien")
    await berger.sees("Ihre Familien: 1")
    await berger.presses("Ahorn 12")
    await berger.sees("Noch niemand ist verbunden")
    await berger.presses("❓ Wer ist da: Amina")
    await berger.sees(CARD)
    await berger.presses("✅ Ja, das ist Amina")
    await berger.sees("Jetzt verbunden: Amina")
    await berger.reads_everything()
    await amina.sees("Willkommen")
    await amina.sees("Dürfen wir")


async def test_a_second_parent_comes_in_the_same_way(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    await stage.parent("Amina", "tr", family)
    await stage.parent("Selim", "de", family)

    def members(store: Store) -> set[str]:
        return {person.name for person in store.people.of_family(family.id)}

    assert await stage.machine.archive.read(members) == {"Amina", "Selim"}
