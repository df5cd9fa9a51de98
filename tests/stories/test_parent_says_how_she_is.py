"""A parent says how she is: with a face, with words or without, and nobody but her caseworker reads it."""

import pytest

from storage.records import Role
from tests import forgery
from tests.phones import Phone
from tests.stage import Stage

THANKS = {"🙂": "Bunu not ettim", "😐": "Bunu not ettim", "😟": "Söylediğiniz için teşekkürler"}


async def pair(stage: Stage) -> tuple[Phone, Phone]:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    return berger, await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))


async def asks_list(berger: Phone) -> None:
    await berger.presses("💬 Wie es Familien geht")


@pytest.mark.parametrize("face", ["🙂", "😐"])
async def test_a_face_with_a_note_waits_in_the_list(stage: Stage, face: str) -> None:
    berger, amina = await pair(stage)

    await amina.presses("💬 Nasılsınız?")
    await amina.sees("Bugün nasılsınız?")
    await amina.presses(face)
    await amina.sees(THANKS[face])
    await amina.types("Bugün kreşte her şey iyiydi.\nTeşekkürler")
    await amina.sees("Bunu okuyabilen kişi: Frau Berger")

    await berger.sees_nothing()
    await asks_list(berger)
    await berger.sees(f"{face} Ahorn 12")
    await berger.presses("📝 Ahorn 12")
    note = await berger.sees("Bugün kreşte her şey iyiydi.")
    assert "Von: Amina" in note.words
    await berger.presses("◀️ Zurück")
    await berger.sees("Die neuesten Rückmeldungen")


@pytest.mark.parametrize("nothing", ['"\\u2800"', '"\\ufeff\\u200b"', '"\\u3164 \\n\\u00ad"'])
async def test_a_note_nobody_could_read_is_asked_for_again(stage: Stage, nothing: str) -> None:
    _, amina = await pair(stage)
    await amina.types("🙂")
    await amina.sees(THANKS["🙂"])

    forgery.writes(amina, nothing)

    await amina.sees("Lütfen kısa bir metin yazın.")
    await amina.types("🫶")
    await amina.sees("Bunu okuyabilen kişi: Frau Berger")


async def test_a_face_without_a_note(stage: Stage) -> None:
    berger, amina = await pair(stage)
    await amina.presses("💬 Nasılsınız?")
    await amina.sees("Bugün nasılsınız?")
    await amina.presses("🙂")
    await amina.sees("Bir şey eklemek ister misiniz?")

    await amina.presses("Hayır, teşekkürler")

    await amina.sees("Cevabınız için teşekkürler")
    await amina.types("ek bir şey")
    await amina.sees("Bunu anlayamadım")
    await asks_list(berger)
    await berger.sees("🙂 Ahorn 12")
    assert not any("📝" in label for label in berger.keyboard)


async def test_a_typed_face_is_enough(stage: Stage) -> None:
    berger, amina = await pair(stage)

    await amina.types("😐😐")

    await amina.sees("😐 Teşekkürler")
    await asks_list(berger)
    await berger.sees("😐 Ahorn 12")


async def test_a_sad_face_reaches_the_caseworker_at_once_and_so_do_the_words(stage: Stage) -> None:
    berger, amina = await pair(stage)
    await amina.types("/checkin")
    await amina.sees("Bugün nasılsınız?")

    await amina.presses("😟")

    await amina.sees("Şimdi haber verilen kişi: Frau Berger")
    await berger.sees("Jemandem geht es nicht gut.")
    await amina.types("Dün gece hiç uyuyamadım")
    await amina.sees("Bunu okuyabilen kişi: Frau Berger")
    told = await berger.sees("gibt es jetzt eine Notiz")
    assert "uyuyamadım" not in told.words
    await berger.presses("💬 Öffnen")
    await berger.sees("Dün gece hiç uyuyamadım")


async def test_the_red_button_beside_a_sad_face_leads_to_the_numbers(stage: Stage) -> None:
    berger, amina = await pair(stage)
    berger.ignores("Jemandem geht es nicht gut")
    await amina.presses("💬 Nasılsınız?")
    await amina.sees("Bugün nasılsınız?")
    await amina.presses("😟")
    thanks = await amina.sees("Söylediğiniz için teşekkürler")
    assert thanks.inline
    assert "🆘" in thanks.inline[0][0]["text"]

    amina.hand.presses(thanks.message_id, 0, 0)

    numbers = await amina.sees("Tehlikede misiniz?")
    assert "112" in numbers.words


async def test_a_guest_is_refused_kindly_and_shown_the_red_button(stage: Stage) -> None:
    guest = stage.stranger("Guest", "ar")
    await guest.types("/checkin")
    assert "🆘" in (await guest.sees("لهذا يلزم رابط خاص")).words

    await guest.types("😟")

    await guest.sees("لهذا يلزم رابط خاص")


async def test_a_colleague_does_not_read_it(stage: Stage) -> None:
    berger, amina = await pair(stage)
    yilmaz = await stage.staff("Herr Yılmaz", Role.CASEWORKER)
    await amina.types("🙂")
    await amina.sees("Bunu not ettim")

    await asks_list(yilmaz)

    await yilmaz.sees("Noch keine Rückmeldungen")
    await berger.sees_nothing()
