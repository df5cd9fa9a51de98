"""A caseworker is away: a colleague sees her families from one day until another, and not a second longer."""

from storage.records import Role
from storage.store import Store
from tests.diary import books
from tests.phones import Phone, plain, read_all
from tests.stage import Stage


async def names_a_deputy(klein: Phone, name: str) -> None:
    """From today until tomorrow."""
    await klein.types("/vertretung")
    await klein.sees("Niemand ist eingetragen")
    await klein.presses("➕ Vertretung eintragen")
    await klein.sees("Wer vertritt")
    await klein.presses(name)
    await klein.sees("Ab welchem Tag")
    await klein.presses(klein.keyboard[0])
    await klein.sees("Bis zu welchem Tag")
    await klein.presses(klein.keyboard[1])
    await klein.sees(f"{name}:")


async def test_she_stands_in_and_it_ends_by_itself(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", klein)
    amina = await stage.parent("Amina", "tr", family)
    await gross.presses("👪 Familien")
    await gross.sees("noch keine Familie")

    await names_a_deputy(klein, "Herr Gross")

    await gross.sees("Sie vertreten jetzt: Frau Klein")
    await klein.sees("vertreten von: Herr Gross")
    await gross.presses("👪 Familien")
    await gross.sees("Familien")
    await gross.presses("Ahorn 12")
    await gross.sees("Amina")
    await amina.types("😟")
    await gross.sees("Ahorn 12")
    await klein.sees("Ahorn 12")
    await amina.reads_everything()

    await stage.forward(days=2)

    await gross.sees("Ihre Vertretung ist zu Ende")
    await klein.sees("Die Vertretung ist zu Ende")
    query = gross.hand.forges(next(reversed(gross.account.messages)), f"caseload:open:{family.id}")
    assert await query.answer(5.0)
    assert "nicht zu Ihren" in (query.text or "")
    await amina.types("😟")
    await klein.sees("Ahorn 12")
    await gross.sees_nothing()
    await amina.reads_everything()


async def test_she_ends_it_early(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", klein)
    await names_a_deputy(klein, "Herr Gross")
    await gross.sees("Sie vertreten jetzt")
    await klein.sees("vertreten von")

    await klein.presses("❌ Beenden: Herr Gross")

    await klein.sees("Niemand ist eingetragen")
    await gross.sees("Ihre Vertretung ist zu Ende")
    query = gross.hand.forges(next(reversed(gross.account.messages)), f"caseload:open:{family.id}")
    assert await query.answer(5.0)
    assert "nicht zu Ihren" in (query.text or "")
    await stage.forward(days=3)
    await gross.sees_nothing()


async def test_a_family_is_handed_over_and_its_parents_learn_the_name(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", klein)
    amina = await stage.parent("Amina", "tr", family)
    await klein.presses("👪 Familien")
    await klein.sees("Familien")
    await klein.presses("Ahorn 12")
    await klein.sees("Amina")
    await klein.presses("⋯")
    await klein.sees("Ahorn 12")
    await klein.presses("bergeben")
    await klein.sees("Wer führt die Familie ab jetzt")
    await klein.presses("Herr Gross")
    await klein.sees("Ab jetzt bei: Herr Gross")

    await klein.presses("✅ Ja, übergeben")

    await klein.sees("jetzt bei: Herr Gross")
    await amina.sees("Herr Gross")
    await gross.sees("Diese Familie ist jetzt bei Ihnen")
    await gross.presses("Familie öffnen")
    await gross.sees("Amina")
    query = klein.hand.forges(next(reversed(klein.account.messages)), f"caseload:open:{family.id}")
    assert await query.answer(5.0)
    assert "nicht zu Ihren" in (query.text or "")


async def test_entrusted_words_open_for_a_successor_only_on_a_legal_ground(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", klein)
    await klein.presses("👪 Familien")
    await klein.sees("Familien")
    await klein.presses("Ahorn 12")
    await klein.sees("Ahorn 12")
    await klein.presses("⋯")
    await klein.sees("Ahorn 12")
    await klein.presses("Anvertraut")
    await klein.sees("Notizen: 0")
    await klein.presses("➕ Anvertrautes notieren")
    await klein.sees("Nur Sie können es lesen")
    typed = await klein.types("Der Großvater trinkt wieder.")
    await klein.sees("Notiert")
    await stage.quiet()
    assert typed not in klein.account.messages
    await klein.presses("◀️ Zurück")
    await klein.sees("Notizen: 1")
    await klein.presses("🤐 Öffnen: 1")
    await klein.sees("Großvater")

    def hand(store: Store) -> None:
        to = store.people.by_telegram(gross.account.id)
        assert to is not None
        store.families.hand_over(family.id, to.id)

    await stage.machine.archive.write(hand)
    note = await stage.machine.archive.read(lambda store: store.entrusted.of_family(family.id)[0].id)
    for verb in ("open", "ask", "delete", "deleted"):
        query = klein.hand.forges(next(reversed(klein.account.messages)), f"entrusted:{verb}:{note}")
        assert await query.answer(5.0)
        assert "nicht zu Ihren" in (query.text or ""), verb
    await gross.presses("👪 Familien")
    await gross.sees("Familien")
    await gross.presses("Ahorn 12")
    await gross.presses("⋯")
    await gross.presses("Anvertraut")
    await gross.sees("Frau Klein")
    await gross.presses("🔒 Nicht Ihre: 1")
    await gross.sees("§ 65")
    assert "Großvater" not in gross.screen

    await gross.presses("Neu zuständig, Gefahr")

    await gross.sees("Großvater trinkt wieder")
    await klein.sees("Herr Gross hat eine Notiz gelesen")
    lines = await stage.machine.archive.read(lambda store: store.journal.of_family(family.id, 20))
    assert "entrusted.opened.danger" in [line.act for line in lines]


async def test_the_sheet_of_what_she_made_follows_as_long_as_she_stands_in(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", klein))
    await names_a_deputy(klein, "Herr Gross")
    await read_all(*stage.phones)
    await books(stage, gross, days=6)
    await read_all(*stage.phones)

    await amina.presses("✅")
    await stage.quiet()
    assert "✅ Ja: Amina" in plain((await gross.sees("Antworten:")).words)
    await read_all(*stage.phones)

    await stage.forward(days=2)
    await read_all(*stage.phones)
    await amina.presses("❌")
    await stage.quiet()
    await amina.reads_everything()
    await klein.reads_everything()
    await gross.sees_nothing()
