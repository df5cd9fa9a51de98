"""What is pressed over and over where somebody wants to be forgotten, and a look for what is left of them."""

from dataclasses import dataclass

from sqlalchemy import select

from storage.store import Store
from storage.tables import metadata
from tests.phones import Phone
from tests.stage import Stage

FORGET = {"de": "🗑 Alles löschen", "tr": "🗑 Her şeyi sil", "ar": "🗑 حذف كل شيء"}
SURE = {"de": "🗑 Ja, alles löschen", "tr": "🗑 Evet, her şeyi sil", "ar": "🗑 نعم، حذف كل شيء"}
ASKED = {"de": "Ihr Wunsch ist angekommen", "tr": "İsteğiniz ulaştı", "ar": "وصل طلبكم"}
GONE = {"de": "Alles ist gelöscht", "tr": "Her şey silindi", "ar": "تم حذف كل شيء"}


@dataclass(frozen=True)
class Ids:
    """By what somebody is named in the store."""

    person: str
    family: str


async def ids_of(stage: Stage, phone: Phone) -> Ids:
    def look(store: Store) -> Ids:
        person = store.people.by_telegram(phone.account.id)
        assert person is not None
        family = store.families.of_person(person.id)
        return Ids(person.id, family.id if family else "")

    return await stage.machine.archive.read(look)


async def left_of(stage: Stage, *names: str) -> list[str]:
    """Every column of every row, also sealed ones, in which one of these names still stands; not the journal."""

    def look(store: Store) -> list[str]:
        found = []
        for table in metadata.sorted_tables:
            for row in store.connection.execute(select(table)).mappings():
                found += [
                    f"{table.name}.{column}"
                    for column, value in row.items()
                    if table.name != "journal" and any(name in str(value) for name in names)
                ]
        for field, holder, text in store.sealed.opened():
            if any(name in text or name in holder for name in names):
                found.append(f"{field.table}.{field.column} under {holder.partition(':')[0]}")
        return found

    return await stage.machine.archive.read(look)


async def opens_rights(stage: Stage, phone: Phone, family: str = "Ahorn 12") -> None:
    """A caseworker's way from the keyboard to a family's rights."""
    await phone.presses("👪 Familien")
    await stage.quiet()
    await phone.presses(family)
    await stage.quiet()
    await phone.presses("⋯")
    await phone.reads_everything()
    await phone.presses("📄 Auskunft und Löschen")


async def wishes(phone: Phone, language: str) -> None:
    """From the command to the wish that has arrived."""
    await phone.types("/daten")
    await phone.sees("🔐")
    await phone.presses(FORGET[language])
    await phone.sees("🗑")
    await phone.presses(SURE[language])
    await phone.sees(ASKED[language])


async def files_and_proposes(stage: Stage, phone: Phone) -> None:
    """The caseworker opens the wish she was told of, exports for the file and proposes."""
    await phone.presses("📄 Für die Akte ausgeben")
    await phone.sees("nach 12 Stunden")
    await phone.reads_everything()
    await phone.presses("✅ Löschen vorschlagen")
    await phone.sees("✅ Fachkraft hat vorgeschlagen")
