"""Notes about children, entrusted words and passwords: not for colleagues on an alarm, and not for the chat."""

from handlers.protection import rules
from storage.records import Role
from tests.phones import Phone
from tests.stage import Stage
from tests.stories.test_child_in_danger_is_weighed_by_two import begins

SEEN = "Blaue Flecken am Arm von Kind A."


def stands(phone: Phone, words: str) -> bool:
    """Whether something with these words of the person's own stands in their chat."""
    mine = [one for one in phone.account.messages.values() if not one.from_bot]
    return any(words in one.words for one in mine)


async def noting(phone: Phone) -> None:
    await phone.presses("⬜ 1")
    await phone.sees("Beobachtung und Deutung")
    await phone.presses("✍️ Wahrnehmung notieren")
    await phone.sees("Schreiben Sie jetzt")


async def cries(stage: Stage, phone: Phone, *others: Phone) -> None:
    await phone.types("/alarm")
    await stage.quiet()
    for one in (phone, *others):
        await one.reads_everything()


async def test_a_note_about_a_child_is_no_line_of_ones_own_alarm(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await stage.family("Ahorn 12", berger)
    await begins(stage, berger)
    card = berger.last.message_id
    await cries(stage, berger, koch)
    await (berger.hand.forges(card, await point_of(stage, "noticed"))).answer(5.0)
    await berger.reads_everything()
    await berger.presses("✍️ Wahrnehmung notieren")
    await berger.sees("Schreiben Sie jetzt")
    await berger.types(SEEN)
    await berger.sees("1. Eintrag: Wahrnehmung notiert")
    await stage.quiet()
    await koch.sees_nothing()
    assert not stands(berger, SEEN)

    await berger.types("Ich sitze im Keller")  # out of the form: now it is for the team
    await koch.sees("Ich sitze im Keller")
    await berger.reads_everything()


async def point_of(stage: Stage, name: str) -> str:
    (concern,) = await stage.machine.archive.read(lambda store: store.concerns.not_closed())
    return f"protection:point:{concern.id}:{name}"


async def test_a_cry_in_the_middle_of_a_note_is_heard(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    await stage.family("Ahorn 12", berger)
    await begins(stage, berger)
    await noting(berger)
    await cries(stage, berger, koch)
    await berger.types("er hat ein Messer")  # the alarm has ended the form
    await koch.sees("er hat ein Messer")
    await noting_again(stage, berger)
    await berger.types("Hilfe!")
    await koch.sees("Hilfe!")
    await berger.reads_everything()


async def noting_again(stage: Stage, berger: Phone) -> None:
    await berger.reads_everything()
    carried = (await point_of(stage, "noticed")).replace(":point:", ":note:")
    await (berger.hand.forges(berger.last.message_id, carried)).answer(5.0)
    await berger.reads_everything()


async def test_an_address_with_a_password_is_for_nobody_else(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    weber = await stage.staff("Herr Weber", Role.ON_CALL)
    await cries(stage, koch, weber)
    await koch.types("/pager")
    await stage.quiet()
    await koch.presses("➕")
    await stage.quiet()
    await koch.types("mailtos://koch:geheim123@mail.example.org?to=koch@example.org")
    await koch.reads_everything()
    await weber.sees_nothing()
    assert not stands(koch, "geheim123")


async def test_a_note_that_can_not_be_kept_leaves_the_chat_all_the_same(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await stage.family("Ahorn 12", berger)
    await begins(stage, berger)
    await noting(berger)
    await berger.types("Blaue Flecken. " * 150)
    await berger.sees("Nichts wurde gespeichert")
    await stage.quiet()
    assert not stands(berger, "Blaue Flecken")
    await berger.types(SEEN)  # the form still waits
    await berger.sees(SEEN)


async def test_a_long_note_is_kept_whole_and_read_in_parts(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    await stage.family("Ahorn 12", berger)
    await begins(stage, berger)
    await noting(berger)
    long = " ".join(f"Satz{n:03d}" for n in range(245))
    assert rules.ON_A_SCREEN < len(long) <= rules.LONGEST_NOTE
    await berger.types(long)
    await berger.sees("Satz000")
    for _ in range(len(long) // (rules.ON_A_SCREEN - 4)):
        await berger.presses("▶️")
        shown = await berger.sees("1. Eintrag: Wahrnehmung notiert")
    assert "Satz244" in shown.words


async def test_whoever_lost_the_right_meanwhile_leaves_nothing_in_the_chat(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    lange = await stage.staff("Herr Lange", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    await begins(stage, berger)
    await noting(berger)

    def hand_over(store) -> None:  # type: ignore[no-untyped-def]
        person = store.people.by_telegram(lange.account.id)
        store.families.hand_over(family.id, person.id)

    await stage.machine.archive.write(hand_over)
    await berger.types(SEEN)
    await berger.sees("Nichts wurde gespeichert")
    await stage.quiet()
    assert not stands(berger, SEEN)
