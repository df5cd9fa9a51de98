"""News behind 👁: whoever opens it is written down for the family it is about, once it is truly shown."""

from storage.journal import Line
from storage.records import Family, Role
from tests.stage import Stage
from tests.stories.test_content_opens_only_with_a_code import codes_on, connects, logs_in
from tests.wishes import ids_of


async def opened(stage: Stage, family: Family) -> list[Line]:
    lines = await stage.machine.archive.read(lambda store: store.journal.of_family(family.id, 50))
    return [line for line in lines if line.act == "read.read_news"]


async def test_the_line_names_the_family(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", klein)
    amina = await stage.parent("Amina", "de", family)
    await codes_on(stage)
    await connects(stage, klein)
    await stage.forward(hours=13)
    await amina.types("😟")
    await klein.sees("Es gibt etwas Neues")
    await amina.reads_everything()
    await klein.presses("👁 Ansehen")
    await klein.sees("6 Ziffern")
    assert await opened(stage, family) == []
    await logs_in(stage, klein)

    await klein.presses("👁 Ansehen")
    await klein.sees("Ahorn 12")

    line = (await opened(stage, family))[0]
    assert line.actor == (await ids_of(stage, klein)).person
    assert line.subject.startswith("checkin:")
    assert len(await opened(stage, family)) == 1
