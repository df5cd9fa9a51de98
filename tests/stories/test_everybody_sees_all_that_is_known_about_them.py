"""One press, and there is a file to read and one for machines: all that is stored, and nothing of anybody else."""

import json
from html.parser import HTMLParser

import pytest

from storage.records import Role
from storage.store import Store
from tests.diary import books
from tests.phones import Phone, plain
from tests.stage import Stage
from tests.wishes import opens_rights

MINE = {"tr": "📄 Hakkımda ne biliyorsunuz?", "ar": "📄 ماذا تعرفون عني؟"}
READ = {"tr": "Hakkınızda bunları biliyoruz", "ar": "هذا ما نعرفه عنكم"}
MACHINES = {"tr": "bilgisayar programları için", "ar": "لبرامج الحاسوب"}
CARD = {"tr": "Randevunuz", "ar": "موعدكم"}
WAY = {"tr": "ltr", "ar": "rtl"}


class Page(HTMLParser):
    """What a browser would show of a page, and which tags it is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data + "\n"


def opened(stage: Stage, phone: Phone, ending: str) -> str:
    """The newest file of that kind in the chat."""
    for message in reversed(phone.account.messages.values()):
        document = message.body.get("document", {})
        if str(document.get("file_name", "")).endswith(ending):
            file = stage.world.media.get(document["file_id"])
            assert file is not None
            return file.content.decode()
    raise AssertionError(f"no file {ending}\n{phone.screen}")


@pytest.mark.parametrize("language", ["tr", "ar"])
async def test_a_parent_reads_it_in_her_language(stage: Stage, language: str) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", klein)
    amina = await stage.parent("Amina <b>&", language, family)
    omar = await stage.parent("Omar", "de", family)
    await books(stage, klein)
    await amina.sees(CARD[language])
    await omar.sees("Ihr Termin")
    await omar.presses("❌")
    await omar.sees("abgesagt")
    for phone, note in ((amina, "Mein Satz"), (omar, "Sein Geheimnis")):
        await phone.types("😟")
        await phone.sees("😟")
        await phone.types(note)
        await phone.sees("📝")
    await klein.reads_everything()
    await klein.presses("💬")
    await klein.sees("😟")

    await amina.types("/daten")
    await amina.sees("🔐")
    await amina.presses(MINE[language])
    await amina.sees(READ[language])
    await amina.sees(MACHINES[language])

    text = opened(stage, amina, ".html")
    page = Page(text)
    assert f'<html lang="{language}" dir="{WAY[language]}">' in text
    assert "script" not in page.tags
    assert "http" not in text.replace("http-equiv", "")
    shown = plain(page.words)
    for known in ("Amina <b>&", "Ahorn 12", "Frau Klein", "Mein Satz", "😟", "Goethestraße", "Frau Klein"):
        assert known in shown, known
    for others in ("Omar", "Sein Geheimnis"):
        assert others not in text

    known = json.loads(opened(stage, amina, ".json"))
    assert known["tables"]["checkins"][0]["note"] == "Mein Satz"
    assert "answers" not in known["tables"]
    assert {row["purpose"] for row in known["tables"]["consents"]} == {"contact", "checkins"}
    assert all(known["consent_words"][row["text_hash"]] for row in known["tables"]["consents"])
    assert {line["who"] for line in known["journal"]} <= {"self", "caseworker", "house"}
    assert not [line for line in known["journal"] if "subject" in line or "actor" in line]
    await klein.reads_everything()


async def test_a_guest_sees_what_little_there_is(stage: Stage) -> None:
    chidi = stage.stranger("Chidi", "tr")
    await chidi.types("/start")
    await chidi.reads_everything()

    await chidi.types("/daten")
    await chidi.sees("🔐")
    await chidi.presses(MINE["tr"])
    await chidi.sees(READ["tr"])
    await chidi.sees(MACHINES["tr"])
    known = json.loads(opened(stage, chidi, ".json"))
    assert known["tables"]["people"][0]["telegram_id"] == str(chidi.account.id)
    assert not {"families", "appointments", "consents"} & set(known["tables"])


async def test_a_discreet_parent_gets_it_under_a_name_that_says_nothing(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", klein))

    def be_discreet(store: Store) -> None:
        person = store.people.by_telegram(amina.account.id)
        assert person is not None
        store.people.set_discreet(person.id, True)

    await stage.machine.archive.write(be_discreet)
    await amina.types("/daten")
    await amina.sees("🔐")
    await amina.presses(MINE["tr"])
    await amina.reads_everything()
    names = [
        one.body["document"]["file_name"] for one in amina.account.messages.values() if "document" in one.body
    ]
    assert [name.rpartition(".")[2] for name in names] == ["html", "json"]
    assert all(name.replace("-", "").partition(".")[0].isdecimal() for name in names)
    await stage.forward(minutes=10)
    await amina.reads_everything()
    assert MINE["tr"] not in amina.screen


async def test_staff_get_theirs_and_no_familys(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", klein))
    await amina.types("😟")
    await amina.sees("😟")
    await klein.reads_everything()

    await klein.types("/daten")
    await klein.sees("🔐")
    await klein.presses("📄 Meine Daten als Datei")
    await klein.sees("Zum Lesen")
    await klein.sees("Für Programme")
    text = opened(stage, klein, ".html") + opened(stage, klein, ".json")
    assert "Frau Klein" in text
    assert "Amina" not in text
    assert "Ahorn 12" not in text


async def test_something_is_wrong_reaches_the_caseworker_once_a_day(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn 12", klein))
    for _ in range(2):
        await amina.presses("⚙️")
        await amina.sees("⚙️")
        await amina.presses("📄 Verilerim")
        await amina.sees("🔐")
        await amina.presses("✏️ Yanlış bir şey var")
        await amina.sees("Frau Klein")
    await klein.sees("Etwas in den Daten stimmt nicht")
    await klein.sees_nothing()
    await stage.forward(days=1, minutes=1)
    await amina.types("/daten")
    await amina.sees("🔐")
    await amina.presses("✏️ Yanlış bir şey var")
    await amina.sees("Frau Klein")
    await klein.sees("Etwas in den Daten stimmt nicht")
    await klein.reads_everything()


async def test_a_familys_file_leaves_the_chat_again(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", klein)
    amina = await stage.parent("Amina", "tr", family)
    omar = await stage.parent("Omar", "de", family)
    for phone in (amina, omar):
        await phone.types("😟")
        await phone.sees("😟")
    await klein.reads_everything()

    await opens_rights(stage, klein)
    await klein.sees("Verbundene Personen: 2")
    await klein.presses("📄 Für die Akte ausgeben")
    await klein.sees("Zum Lesen")
    await klein.sees("Für Programme")
    await klein.sees("nach 12 Stunden")
    known = json.loads(opened(stage, klein, ".json"))
    assert known["about"] == "family"
    assert {row["person"] for row in known["tables"]["checkins"]} == {"Amina", "Omar"}

    await stage.forward(hours=13)
    await klein.reads_everything()
    assert not [one for one in klein.account.messages.values() if "document" in one.body]
