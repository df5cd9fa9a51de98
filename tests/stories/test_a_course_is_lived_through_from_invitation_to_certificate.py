"""A course of four weeks: made once, seats taken, the last one by one family, certificates in two languages."""

from dataclasses import dataclass, field
from datetime import timedelta

from storage.records import Course, Role, Session
from tests import paperwork
from tests.diary import day_button, in_days, turns_to, until
from tests.phones import Phone, plain
from tests.stage import Stage

OFFER = "bonner-parent_training"
TITLE = {"de": "Wohnen", "tr": "ev", "ar": "السكن المستقل"}
SEAT = {"de": "Sie haben einen Platz", "tr": "Yeriniz var", "ar": "لديكم مكان في الدورة"}
COMES = {"de": "✅ Wir kommen", "tr": "✅ Geliyoruz", "ar": "✅ سنحضر"}
INVITED = {"de": "👪 Eltern-Kurs", "tr": "👪 Anne-baba kursu", "ar": "👪 دورة للوالدين"}
TOPIC = {"de": "💬 Thema", "tr": "💬 Konu", "ar": "💬 الموضوع"}
WAITS = {"de": "Warteliste", "tr": "Bekleme listesinde sıranız", "ar": "مكانكم في قائمة الانتظار"}
OFF = {"de": "Ein Treffen fällt aus", "tr": "Bir buluşma yapılmıyor", "ar": "تم إلغاء لقاء"}
ALL_OFF = {"de": "Der Kurs fällt leider aus", "tr": "Kurs maalesef yapılmıyor", "ar": "للأسف لن تقام الدورة"}


@dataclass
class Room:
    """A caseworker and the families she has enrolled."""

    stage: Stage
    berger: Phone
    parents: dict[str, Phone] = field(default_factory=dict)

    async def enrol(self, label: str, tongue: str) -> Phone:
        stage = self.stage
        family = await stage.family(label, self.berger)
        now = stage.clock.now()
        await stage.machine.archive.write(lambda store: store.families.enrol(family.id, OFFER, now))
        phone = await stage.parent(f"Amina {label}", tongue, family)
        self.parents[label] = phone
        return phone.ignores("Eltern-Training", "Anne-baba eğitimi", "تدريب للوالدين")

    async def sessions(self) -> list[Session]:
        async def course() -> Course:
            now = self.stage.clock.now()
            person = self.berger.account.id
            return await self.stage.machine.archive.read(
                lambda store: store.courses.led_by(store.people.by_telegram(person).id, now)[0]
            )

        id = (await course()).id
        return await self.stage.machine.archive.read(lambda store: store.training.of_course(id))


async def opened(stage: Stage, **families: str) -> Room:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    # whole weeks are skipped at once here, which looks like a time away
    room = Room(stage, berger.ignores("Pänz war nicht erreichbar"))
    for label, tongue in families.items():
        await room.enrol(label, tongue)
    return room


async def makes(
    room: Room, *, seats: int = 4, tongues: tuple[str, ...] = ("Deutsch", "Türkçe", "العربية")
) -> None:
    """Every button from 👪 to the sheet of the course."""
    berger, first = room.berger, in_days(room.stage, 3, "09:30")
    await berger.presses("👪 Elterntraining")
    await berger.sees("keine Trainings geplant")
    await berger.presses("➕ Kurs")
    await berger.sees("Für welches Angebot?")
    await berger.presses("Elterntraining, Bonner Straße")
    await berger.sees("Welcher Kurs?")
    await berger.presses("Die eigene Wohnung")
    await turns_to(berger, first)
    await berger.presses(day_button(berger, first.day))
    await berger.sees("Um wie viel Uhr?")
    await berger.presses("9 Uhr")
    await berger.sees("Um wie viel Uhr genau?")
    await berger.presses("09:30")
    await berger.sees("An diesen Tagen")
    await berger.presses("✅ Diese Tage passen")
    await berger.sees("📍 Wo?")
    await berger.presses("Bonner Straße")
    await berger.sees("Kinderbetreuung")
    await berger.presses("🧸 Ja, mit Betreuung")
    await berger.sees("In welchen Sprachen")
    for tongue in tongues:
        await berger.presses(f"▫️ {tongue}")
        await berger.sees("In welchen Sprachen")
    await berger.presses("✅ Diese Sprachen")
    await berger.sees("Wie viele Familien")
    await berger.presses(str(seats))
    await berger.sees("Familien, die eine Einladung bekommen")
    await berger.presses("✅ Kurs anlegen")
    await berger.toasted("Die Einladungen gehen jetzt hinaus")
    await berger.sees(f"🪑 Plätze: 0 von {seats}")


async def comes(room: Room, label: str, tongue: str) -> None:
    phone = room.parents[label]
    await phone.sees(INVITED[tongue])
    await phone.presses(COMES[tongue])
    await phone.sees(SEAT[tongue])
    await room.berger.sees(f"{label} hat einen Platz")


async def test_three_families_come_and_get_their_papers(stage: Stage) -> None:
    room = await opened(stage, Linde="tr", Ahorn="ar", Birke="de")
    berger = room.berger
    await makes(room)
    for label, tongue in (("Linde", "tr"), ("Ahorn", "ar"), ("Birke", "de")):
        await comes(room, label, tongue)
        card = plain(room.parents[label].last.words)
        assert card.count("•") == 4  # one message holds every day
        assert "🧸" in card
    sessions = await room.sessions()

    for session in sessions:
        await until(stage, session.starts_at - timedelta(minutes=50))
        for label, tongue in (("Linde", "tr"), ("Ahorn", "ar"), ("Birke", "de")):
            await room.parents[label].sees(TOPIC[tongue])
            await room.parents[label].reads_everything()
        await attends(room, session, "Ahorn", "Linde") if session.number != 4 else await attends(
            room, session, "Birke"
        )

    await until(stage, sessions[-1].starts_at + timedelta(hours=2))
    await berger.sees("Der Kurs ist zu Ende")
    await berger.presses("📜 Bescheinigungen")
    await berger.sees("Antippen schickt die Bescheinigung")
    assert "📜 Ahorn 3/4" in berger.keyboard
    assert "▫️ Birke 1/4" in berger.keyboard
    await berger.presses("📤 Allen schicken: 2")
    await berger.toasted("Unterwegs: 2")
    await berger.sees("Antippen schickt die Bescheinigung")

    paper = await printed(stage, room.parents["Ahorn"], "شهادة المشاركة")
    german, arabic = (paperwork.lines(page, rtl=rtl) for page, rtl in zip(paper, (False, True), strict=True))
    assert {"Der Sommerberg", "Teilnahme-Bescheinigung", "Amina Ahorn", "Besuchte Treffen:3 von 4"} <= set(
        german
    )
    assert "شهادة مشاركة" in arabic
    assert TITLE["ar"] in arabic
    german, turkish = map(paperwork.lines, await printed(stage, room.parents["Linde"], "Katılım belgeniz"))
    assert "Katılım Belgesi" in turkish
    assert "Birke" not in "".join(german + turkish)

    await berger.presses("👁 Erst selbst ansehen")
    await berger.sees("Antippen zeigt sie Ihnen selbst")
    await berger.presses("▫️ Birke 1/4")
    assert "Besuchte Treffen:1 von 4" in paperwork.lines(
        (await printed(stage, berger, "📜 Bescheinigung"))[0]
    )
    for phone in room.parents.values():
        await phone.reads_everything()


async def attends(room: Room, session: Session, *here: str) -> None:
    """The caseworker taps who is in the room, and that nobody else is."""
    berger = room.berger
    await berger.types("/courses")
    await berger.sees("Ihre Elternkurse")
    await berger.presses("Die eigene Wohnung")
    await berger.sees("Treffen:")
    await berger.presses(f"{session.number} · ")
    await berger.sees("Einmal tippen")
    assert "📝 Plan:" in berger.last.words
    for label in here:
        await berger.presses(f"▫️ {label}")
        await berger.sees("Einmal tippen")
        assert f"✅ {label}" in berger.keyboard
    await berger.presses("❌ Alle anderen waren nicht da")
    shown = await berger.sees(f"✅ Da: {len(here)} · ❌ Nicht da: {3 - len(here)} · ▫️ Offen: 0")
    assert "tippen" in shown.words


async def printed(stage: Stage, phone: Phone, caption: str) -> list[list[paperwork.Glyph]]:
    """The pages of the document that came with these words."""
    message = await phone.sees(caption, within=45)
    file = stage.world.media.get(message.body["document"]["file_id"])
    assert file is not None
    assert file.content.startswith(b"%PDF-")
    assert message.body["document"]["file_name"].endswith(".pdf")
    assert not message.protected
    return paperwork.pages(file.content)


async def test_the_last_seat_goes_to_one_and_a_freed_one_to_whoever_waits(stage: Stage) -> None:
    tongues = {"Eins": "de", "Zwei": "de", "Drei": "de", "Vier": "de", "Linde": "tr", "Ahorn": "ar"}
    room = await opened(stage, **tongues)
    berger = room.berger
    await makes(room)
    await berger.presses("👪 Elterntraining")
    assert "keine Trainings" not in (await berger.sees("Laufende Kurse: 1")).words
    for label in ("Eins", "Zwei", "Drei", "Vier"):
        await comes(room, label, "de")
    for n, (label, tongue) in enumerate((("Linde", "tr"), ("Ahorn", "ar")), start=1):
        phone = room.parents[label]
        await phone.sees(INVITED[tongue])
        await phone.presses(COMES[tongue])
        card = await phone.sees(WAITS[tongue])
        assert f": {n}" in plain(card.words) or f"Platz {n}" in card.words

    leaver = room.parents["Zwei"]
    await leaver.presses("❌ Wir kommen nicht mehr")
    await leaver.sees("Kommen Sie wirklich nicht mehr?")
    await leaver.presses("❌ Ja, Platz abgeben")

    await leaver.sees("Sie haben keinen Platz mehr")
    await berger.sees("Zwei kommt nicht mehr")
    await berger.sees("Linde ist nachgerückt")
    await room.parents["Linde"].sees("Bir yer açıldı")
    waiting = await room.parents["Ahorn"].sees(WAITS["ar"])
    assert ": 1" in plain(waiting.words)
    for label in ("Linde", "Zwei"):
        await room.parents[label].reads_everything()

    first = (await room.sessions())[0]
    await until(stage, first.starts_at - timedelta(minutes=30))
    await room.parents["Linde"].sees(TOPIC["tr"])
    await leaver.sees_nothing(0.05)
    await room.parents["Ahorn"].sees_nothing(0.05)
    for phone in room.parents.values():
        await phone.reads_everything()


async def test_one_day_is_off_and_then_the_whole_course(stage: Stage) -> None:
    room = await opened(stage, Linde="tr", Ahorn="ar", Birke="de")
    berger = room.berger
    await makes(room)
    for label, tongue in (("Linde", "tr"), ("Ahorn", "ar")):
        await comes(room, label, tongue)
    birke = room.parents["Birke"]
    await birke.sees(INVITED["de"])
    await birke.presses("❌ Dieses Mal nicht")
    await birke.sees("Sie kommen dieses Mal nicht")
    sessions = await room.sessions()

    await berger.presses("1 · ")
    await berger.sees("Eltern, die erwartet werden: 2")
    await berger.presses("❌ Treffen absagen")
    await berger.sees("Dieses Treffen wirklich absagen?")
    await berger.presses("❌ Ja, Treffen absagen")
    await berger.toasted("Das Treffen ist abgesagt")
    await berger.sees("(fällt aus)")
    for label, tongue in (("Linde", "tr"), ("Ahorn", "ar")):
        await room.parents[label].sees(OFF[tongue])
        card = await room.parents[label].sees(SEAT[tongue])
        assert card.words.count("•") == 3
    await birke.sees("Treffen: 3")
    await birke.sees_nothing(0.05)
    await until(stage, sessions[0].starts_at + timedelta(hours=2))
    for phone in room.parents.values():
        await phone.sees_nothing(0.05)

    await berger.presses("❌ Kurs absagen")
    await berger.sees("Den ganzen Kurs wirklich absagen?")
    await berger.presses("❌ Ja, Kurs absagen")
    await berger.toasted("Der Kurs ist abgesagt")
    await berger.sees("Dieser Kurs ist abgesagt")
    for label, tongue in (("Linde", "tr"), ("Ahorn", "ar")):
        told = await room.parents[label].sees(ALL_OFF[tongue])
        assert (
            sum(ALL_OFF[tongue] in plain(one.words) for one in room.parents[label].account.messages.values())
            == 1
        )
        assert not told.inline
        await room.parents[label].reads_everything()
    await birke.sees("Der Kurs fällt aus")
    await until(stage, sessions[-1].starts_at)
    for phone in (*room.parents.values(), berger):
        await phone.sees_nothing(0.05)


async def test_who_reads_none_of_the_languages_is_named_and_can_be_invited_all_the_same(stage: Stage) -> None:
    room = await opened(stage, Linde="tr", Ahorn="ar")
    berger = room.berger
    await makes(room, tongues=("Türkçe",))
    await room.parents["Linde"].sees(INVITED["tr"])
    await room.parents["Ahorn"].sees_nothing(0.05)

    await berger.presses("✉️ Nicht eingeladen: 1")
    await berger.sees("nicht eingeladen")
    await berger.presses("✉️ Ahorn")
    await berger.toasted("Die Einladung geht jetzt hinaus")
    await berger.sees("Alle Familien des Angebots sind eingeladen")

    ahorn = room.parents["Ahorn"]
    await ahorn.sees(INVITED["ar"])
    await ahorn.presses("❓ لم أفهم")
    await ahorn.toasted("سنشرح لكم ذلك")
    await berger.sees("hat die Einladung nicht verstanden")
    await ahorn.reads_everything()
    await ahorn.presses(COMES["ar"])
    await ahorn.sees(SEAT["ar"])
    await berger.sees("Ahorn hat einen Platz")
