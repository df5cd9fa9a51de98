"""Nobody answers for another family, and nobody cancels a colleague's appointment."""

from storage.records import Role
from tests import forgery
from tests.diary import books
from tests.phones import Phone
from tests.stage import Stage


def carried(phone: Phone, sign: str) -> str:
    """What the phone's newest button with this sign carries."""
    found = [
        str(button["callback_data"])
        for message in phone.account.messages.values()
        for row in message.inline or []
        for button in row
        if button["text"].startswith(sign)
    ]
    return found[-1]


async def test_a_foreign_parent_a_guest_and_a_colleague_are_refused(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    yilmaz = await stage.staff("Herr Yılmaz", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", berger))
    nadia = await stage.parent("Nadia", "ar", await stage.family("Birke 3", yilmaz))
    guest = stage.stranger("Guest", "de")
    await guest.types("/start")
    await guest.reads_everything()
    await books(stage, berger)
    await amina.sees("Randevunuz")
    yes, cancel = carried(amina, "✅"), carried(berger, "❌")

    assert "لا يخص عائلتكم" in await forgery.answer(forgery.presses(nadia, yes))
    assert "gehört nicht zu Ihrer Familie" in await forgery.answer(forgery.presses(guest, yes))
    assert "gehört nicht zu Ihnen" in await forgery.answer(forgery.presses(yilmaz, yes))
    assert "nicht zu Ihren Familien" in await forgery.answer(forgery.presses(yilmaz, cancel))
    assert "mümkün değil" in await forgery.answer(forgery.presses(amina, cancel))

    await stage.quiet()
    for phone in (berger, yilmaz, amina, nadia, guest):
        await phone.sees_nothing(0.05)


async def test_a_colleague_can_not_open_the_family_of_another(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    yilmaz = await stage.staff("Herr Yılmaz", Role.CASEWORKER)
    await stage.family("Ahorn 12", berger)
    await berger.presses("👪 Familien")
    listed = await berger.sees("Ihre Familien: 1")
    assert listed.inline

    query = forgery.presses(yilmaz, listed.inline[0][0]["callback_data"])

    assert "gehört nicht zu Ihren Familien" in await forgery.answer(query)
    await yilmaz.sees_nothing()
