from datetime import timedelta
import pytest
from handlers import house, training
from storage.records import Role
from tests.stage import Stage, opened

@pytest.fixture
async def stage(tmp_path, monkeypatch):
    if training.room not in house.ROOMS:
        monkeypatch.setattr(house, "ROOMS", (*house.ROOMS, training.room))
    async with opened(tmp_path) as evening:
        yield evening

async def test_story(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    fam = await stage.family("Yilmaz", koch)
    amina = await stage.parent("Amina", "tr", fam)
    omar = await stage.parent("Omar", "ar", fam)
    day = koch
    await koch.types("/new")
    await koch.sees("Für welche Familie")
    await koch.presses("Yilmaz"); await koch.sees("Welche Art")
    await koch.presses("Arzttermin"); await koch.sees("An welchem Tag")
    print(koch.screen)
    m = next(iter(reversed(koch.account.messages.values())))
    label = m.inline[1][0]["text"]
    await koch.presses(label); await koch.sees("Um wie viel Uhr?"); 
    await koch.presses("14 Uhr"); await koch.sees("genau")
    await koch.presses("14:30"); await koch.sees("Wo?")
    await koch.types("Praxis Dr. Sommer"); await koch.sees("So liest es"); print(koch.screen)
    await koch.presses("Senden"); await koch.sees("Noch offen: Amina"); print(koch.screen)
    await amina.sees("Randevunuz"); await omar.sees("موعدكم"); print(amina.screen); print(omar.screen)
    await amina.presses("Evet"); await amina.sees("Kabul"); 
    await koch.sees("Zusage"); await koch.sees("Ja: Amina")
    await omar.presses("موعد آخر"); await koch.sees("Wunsch"); await koch.sees("Anderer Termin: Omar")
    await omar.sees("سنتواصل")
    await stage.forward(days=2, hours=20)
    await stage.quiet()
    print(amina.screen); print(koch.screen)
    offer = "x"
    await koch.types("/training"); await koch.sees("keine Trainings")
    def enrol(store):
        o = next(o for o in store.agency.offers() if o.kind == "parent_training")
        store.families.enrol(fam.id, o.id, stage.clock.now()); return o
    await stage.machine.archive.write(enrol)
    await koch.presses("Neues Training"); await koch.sees("Für welches Angebot"); print(koch.screen)
    m = next(iter(reversed(koch.account.messages.values())))
    await koch.presses(m.inline[0][0]["text"]); await koch.sees("An welchem Tag")
    m = next(iter(reversed(koch.account.messages.values())))
    await koch.presses(m.inline[1][0]["text"]); await koch.sees("Um wie viel Uhr?")
    await koch.presses("15 Uhr"); await koch.sees("genau"); await koch.presses("15:00"); await koch.sees("Wo?")
    await koch.presses("Poll"); await koch.sees("Familien: 1"); print(koch.screen)
    await koch.presses("Einladen"); await koch.sees("Noch offen")
    await stage.forward(seconds=2); await stage.quiet()
    print(amina.screen); print(koch.screen)
    await amina.presses("Hayır"); await koch.sees("Absage")
    await koch.presses("Neu laden"); await koch.sees("Nein: 1")
    await koch.presses("Training absagen"); await koch.sees("wirklich"); await koch.presses("Ja, absagen"); await koch.sees("ist abgesagt")
    await stage.forward(seconds=2); await stage.quiet()
    print(amina.screen); print(omar.screen)
    for p in stage.phones: p.reads_everything()
