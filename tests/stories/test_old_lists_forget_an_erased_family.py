"""A family is erased: lists too old to be deleted are emptied, for everybody whose chat may name it."""

import pytest

from storage.records import Role
from tests.phones import Phone, plain, read_all
from tests.stage import Stage
from tests.wishes import files_and_proposes, wishes


def texts(phone: Phone) -> list[str]:
    return [plain(one.words) for one in phone.account.messages.values() if one.from_bot]


@pytest.mark.parametrize(("days", "emptied"), [(0, False), (3, True)])
async def test_no_list_names_them_any_more(stage: Stage, days: int, *, emptied: bool) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    weber = await stage.staff("Herr Weber", Role.LEAD)
    other = await stage.staff("Frau Sommer", Role.LEAD)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", klein))
    await klein.presses("👪 Familien")
    await stage.quiet()
    assert "Ahorn 12" in klein.screen
    await stage.forward(days=days)
    for phone in (klein, weber, other):
        await phone.reads_everything()

    await wishes(amina, "de")
    await stage.quiet()
    await files_and_proposes(stage, klein)
    await stage.quiet()
    await weber.presses("🗑 Zustimmen")
    await stage.quiet()
    await weber.presses("🗑 Endgültig löschen")
    await stage.quiet()
    await stage.forward(minutes=2)

    await read_all(*stage.phones)
    assert [phone for phone in (klein, weber, other) if "Ahorn 12" in phone.screen] == []
    assert ("🗑 Gelöscht" in texts(klein)) is emptied
