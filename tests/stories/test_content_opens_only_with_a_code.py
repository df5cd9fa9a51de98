"""Sessions on: what families say is shown only after a code of one's app, and help never waits for one."""

import json
import re

import pyotp

from storage.records import Role
from tests.phones import Phone, plain
from tests.stage import Stage


async def codes_on(stage: Stage) -> None:
    await stage.machine.archive.write(lambda store: store.settings.ask_for_codes(True))


async def secret_of(stage: Stage, phone: Phone) -> str:
    def look(store) -> str:  # type: ignore[no-untyped-def]
        login = store.logins.of(store.people.by_telegram(phone.account.id).id)
        return str(login.secret)

    return await stage.machine.archive.read(look)


async def code_of(stage: Stage, phone: Phone) -> str:
    """What the person's app shows at this moment."""
    return pyotp.TOTP(await secret_of(stage, phone)).at(int(stage.clock.now().timestamp()))


async def logs_in(stage: Stage, phone: Phone) -> None:
    """Types the next code of the app; a code opens only once."""
    await stage.forward(seconds=31)
    await phone.types(await code_of(stage, phone))
    await phone.sees("angemeldet bis")


async def connects(stage: Stage, phone: Phone) -> None:
    """Shows whatever is asked first, and connects the app."""
    await phone.types("/login")
    await phone.sees("Code-App")
    await logs_in(stage, phone)
    await stage.quiet()


async def test_a_new_colleague_connects_an_app_and_the_picture_vanishes(stage: Stage) -> None:
    await codes_on(stage)
    klein = stage.stranger("Frau Klein", "de")
    await klein.types(f"/start {await stage.invitation(Role.CASEWORKER, 'Frau Klein')}")
    await klein.sees("Code-App")
    picture = next(one for one in klein.account.messages.values() if "photo" in one.body)
    assert await secret_of(stage, klein) in plain(picture.words).replace(" ", "")
    await klein.reads_everything()

    code = await code_of(stage, klein)
    typed = await klein.types(code)
    await klein.sees("angemeldet bis")
    await stage.quiet()

    assert typed not in klein.account.messages, "the typed code stays in the chat"
    assert not any("photo" in one.body for one in klein.account.messages.values())


async def test_families_are_shown_only_after_a_code_of_today(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    await stage.family("Ahorn 12", klein)
    await codes_on(stage)
    await connects(stage, klein)
    await klein.presses("👪 Familien")
    await klein.sees("Familien")
    await klein.presses("Ahorn 12")
    await klein.sees("Ahorn 12")

    await stage.forward(hours=12)
    await klein.presses("⋯ Mehr")
    await klein.toasted("Code Ihrer App")
    await klein.sees("6 Ziffern")
    await klein.types("👪 Familien")
    await klein.sees("6 Ziffern")
    assert "Ahorn" not in str([one.words for one in list(klein.account.messages.values())[-2:]])

    await logs_in(stage, klein)
    await klein.types("👪 Familien")
    await klein.sees("Familien")


async def test_a_code_opens_once_and_five_wrong_ones_lock(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    await codes_on(stage)
    await connects(stage, klein)
    used = await code_of(stage, klein)
    await klein.types("/login")
    await klein.sees("6 Ziffern")

    await klein.types(used)
    said = await klein.sees("öffnet nichts")
    await klein.types("000000" if used != "000000" else "111111")
    assert (await klein.sees("öffnet nichts")).words == said.words
    for _ in range(2):
        await klein.types("000000" if used != "000000" else "111111")
        await klein.sees("öffnet nichts")
    await klein.types("000000" if used != "000000" else "111111")
    await klein.sees("15 Minuten")

    await stage.forward(seconds=60)
    await klein.types(await code_of(stage, klein))
    await klein.sees("15 Minuten")
    await stage.forward(minutes=15)
    await logs_in(stage, klein)


async def test_what_was_begun_goes_on_after_the_code(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    await codes_on(stage)
    await connects(stage, lead)
    await stage.forward(minutes=6)
    await lead.presses("Team")
    await lead.sees("Team")

    await lead.presses("➕ Fachkraft")
    await lead.toasted("neuen Code")
    await lead.sees("wichtiger Schritt")
    await logs_in(stage, lead)
    await lead.presses("➕ Fachkraft")
    await lead.sees("Wie heißt")
    await lead.types("Frau Neu")
    await lead.sees("Frau Neu")


async def test_an_alarm_is_taken_without_a_code_and_read_with_one(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", klein))
    await codes_on(stage)
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await amina.types("Kapıyı kırıyor")
    await koch.sees("nach dem Code")

    await koch.presses("✅ Ich übernehme")
    await koch.sees("Wer das ist, zeigt der Bot nach dem Code")
    await amina.reads_everything()
    await koch.reads_everything()
    seen = json.dumps([one.body for one in koch.account.messages.values()], ensure_ascii=False)
    assert not re.search("Amina|Ahorn|kırıyor", seen), seen

    await koch.presses("❓ Wer ist das?")
    await koch.toasted("Code Ihrer App")
    await koch.sees("Code-App")
    await logs_in(stage, koch)
    await koch.presses("❓ Wer ist das?")
    await koch.sees("Ahorn 12")
    await koch.sees("Kapıyı kırıyor")
    await amina.types("Bonner Straße 7")
    await koch.sees("Bonner Straße 7")
    await amina.reads_everything()
    await koch.reads_everything()
    read = await stage.machine.archive.read(lambda store: store.journal.newest(50))
    acts = {str(line["act"]) for line in read if line["family_id"]}
    assert {"read.see_who_needs_help", "read.read_alarm_lines"} <= acts


async def test_a_lead_lets_a_colleague_connect_a_new_app(stage: Stage) -> None:
    lead = await stage.staff("Frau Lang", Role.LEAD)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    await codes_on(stage)
    await connects(stage, lead)
    await connects(stage, klein)
    before = await secret_of(stage, klein)
    await lead.presses("Team")
    await lead.sees("Team")
    await lead.presses("Frau Klein")
    await lead.sees("Eine Code-App ist verbunden")
    await lead.presses("🔑 Code-App verloren")
    await lead.sees("neues Bild")

    await lead.presses("🔑 Ja, neu verbinden")

    await klein.sees("Code-App")
    assert await secret_of(stage, klein) != before
    await lead.sees("Noch ist keine Code-App verbunden")
    await klein.types("👪 Familien")
    await klein.sees("Code-App")
    await logs_in(stage, klein)


async def test_news_of_a_family_waits_behind_a_code(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", klein))
    await codes_on(stage)
    await connects(stage, klein)
    await stage.forward(hours=13)

    await amina.types("😟")

    told = await klein.sees("Es gibt etwas Neues")
    await amina.reads_everything()
    assert "Ahorn" not in told.words
    await klein.presses("👁 Ansehen")
    await klein.toasted("Code Ihrer App")
    await klein.sees("6 Ziffern")
    await logs_in(stage, klein)
    await klein.presses("👁 Ansehen")
    await klein.sees("Ahorn 12")
    await amina.types("😟")
    await amina.reads_everything()
