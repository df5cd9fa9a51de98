"""An agency's own facts: a good file is taken whole, one that would mislead anybody is refused with a reason."""

from pathlib import Path

import pytest

from bot import agency
from bot.agency import AgencyError
from locales.languages import shipped
from storage.engine import Archive
from tests.stage import SAMPLE


def written(tmp_path: Path, was: str, becomes: str) -> Path:
    """The sample with one place changed."""
    text = SAMPLE.read_text(encoding="utf-8")
    assert was in text
    file = tmp_path / "agency.toml"
    file.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    return file


async def test_the_sample_can_be_loaded_again_and_again(archive: Archive) -> None:
    facts = agency.read(SAMPLE)
    for _ in range(2):
        await archive.write(lambda store: agency.write(store, facts))
    sites, numbers, offers = await archive.read(
        lambda store: (store.agency.sites(), store.agency.numbers(), store.agency.offers())
    )
    assert len(sites) == len(facts.sites)
    assert [number.number for number in numbers] == [number.number for number in facts.numbers]
    assert len(offers) == sum(len(site.offers) for site in facts.sites)
    places = await archive.read(lambda store: store.agency.crisis_places())
    assert [place.label for place in places] == ["Goethestraße 1", "Goethestraße 2", "Krisenwohnung"]


async def test_each_site_is_a_place_to_meet_and_the_file_knows_more(archive: Archive) -> None:
    facts = agency.read(SAMPLE)
    for _ in range(2):
        await archive.write(lambda store: agency.write(store, facts))
    places = await archive.read(lambda store: store.agency.meeting_places())
    assert [one.id for one in places] == [one.id for one in (*facts.sites, *facts.meeting_places)]
    assert [one.site_id for one in places] == [one.id for one in facts.sites] + [None] * len(
        facts.meeting_places
    )
    office = await archive.read(lambda store: store.agency.meeting_place("rathaus"))
    assert office is not None
    assert (office.latitude, office.longitude) == ("50.8846", "7.051")
    assert set(office.ways) == set(shipped("families"))
    flat, nowhere = await archive.read(
        lambda store: (store.agency.meeting_place("flat"), store.agency.meeting_place("nowhere"))
    )
    assert flat is not None
    assert (flat.latitude, dict(flat.ways)) == (None, {})
    assert nowhere is None


async def test_a_site_without_a_pin_keeps_the_one_it_had_when_only_the_site_is_put(archive: Archive) -> None:
    await archive.write(lambda store: agency.write(store, agency.read(SAMPLE)))
    site = {"id": "poll", "name": "Büro Poll", "address": "Weg 1", "places": 0}
    await archive.write(lambda store: store.agency.put_sites([site]))
    place = await archive.read(lambda store: store.agency.meeting_place("poll"))
    assert place is not None
    assert (place.name, place.latitude) == ("Büro Poll", "50.9152")


async def test_a_site_has_a_rule_of_its_own_and_all_else_as_for_all(archive: Archive, tmp_path: Path) -> None:
    own = '[[escalation.sites]]\nsite = "poll"\nminutes = [3]\nneeded = [2]\n\n[[sites]]'
    facts = agency.read(written(tmp_path, "[[sites]]", own))
    await archive.write(lambda store: agency.write(store, facts))
    for_all, poll = await archive.read(
        lambda store: (store.agency.policy("moerike"), store.agency.policy("poll"))
    )
    assert for_all["minutes"] == [5, 5, 10]
    assert (poll["minutes"], poll["needed"], poll["remind_minutes"]) == ([3], [2], 10)


async def test_a_file_that_only_knows_minutes_still_loads(archive: Archive, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    begins, ends = text.index("remind_minutes = "), text.index("# A site may have")
    file = tmp_path / "old.toml"
    file.write_text(text[:begins] + text[ends:], encoding="utf-8")
    await archive.write(lambda store: agency.write(store, agency.read(file)))
    policy = await archive.read(lambda store: store.agency.policy())
    assert (policy["minutes"], policy["needed"], policy["remind_minutes"]) == ([5, 5, 10], [1, 1, 1], 10)


BROKEN = [
    ("minutes = [5, 5, 10]", "minutes = []", "escalation.minutes"),
    ("minutes = [5, 5, 10]", "minutes = [0]", "escalation.minutes"),
    ("minutes = [5, 5, 10]", 'minutes = ["soon"]', "escalation.minutes"),
    ("minutes = [5, 5, 10]", "minutes = [5, 121]", "each step takes 1 to 120 minutes"),
    ("remind_minutes = 10", "remind_minutes = 0", "remind_minutes: .*from 1 to 120"),
    ("remind_minutes = 10", "quiet = 3", "quiet: .*from 0 to 2"),
    ("remind_minutes = 10", "needed = [1, 2]", "as many numbers in needed as there are steps"),
    ("remind_minutes = 10", "needed = [1, 0, 1]", "people must acknowledge"),
    ("remind_minutes = 10", "remember_minutes = 10", "remember_minutes"),
    ('join = ["lead"]', 'join = ["parent"]', "escalation.join.0"),
    ('join = ["lead"]', 'site = "bonner"', "is for all sites"),
    ("[[sites]]", '[[escalation.sites]]\nsite = "moon"\n[[sites]]', "moon is no site of this file"),
    (
        "[[sites]]",
        '[[escalation.sites]]\nsite = "poll"\n[[escalation.sites]]\nsite = "poll"\n[[sites]]',
        "two rules for one site: poll",
    ),
    (
        "[[sites]]",
        '[[escalation.sites]]\nsite = "poll"\nneeded = [2]\n[[sites]]',
        "needed at poll as there are steps",
    ),
    ('id = "bonner"', 'id = "goethe"', "sites: .*twice: goethe"),
    ('id = "goethe"', 'id = "Goethe Straße"', "sites.0.id"),
    ("places = 12", "places = -1", "sites.0.places"),
    ('"residential"', '"hotel"', "sites.0.offers.0"),
    ("[[sites]]", "[[sides]]", "sides"),
    ("[agency]", "[agency", "is no TOML"),
    ('site = "flat"', 'site = "flut"', "places: .*flat_1 is at 'flut', which is no site here"),
    ('id = "goethe_2"', 'id = "goethe_1"', "places: .*twice: goethe_1"),
    ('label = "Goethestraße 2"', 'label = "goethestraße 1 "', "places: .*nobody could tell them apart"),
    ('label = "Krisenwohnung"', 'label = " "', "places.2.label"),
    ('label = "Krisenwohnung"', 'label = "Die Wohnung in der Straße am Fluss"', "places.2.label"),
    ('id = "flat_1"', 'id = "Wohnung 1"', "places.2.id"),
    ("latitude = 50.8871", "latitude = 48.1371", "sites.0: .*48.1371, 7.0562: that is nowhere near Köln"),
    (
        "latitude = 50.8871\nlongitude = 7.0562",
        "latitude = 7.0562\nlongitude = 50.8871",
        "sites.0: .*latitude and longitude are exchanged",
    ),
    ("latitude = 50.8871\n", "", "sites.0: .*both or none"),
    ("latitude = 50.8838", 'latitude = "north"', "meeting_places.0.latitude"),
    ("latitude = 50.8838", "latitude = nan", "meeting_places.0: .*nowhere near"),
    ('way.tr = "7 numaralı', 'way.xx = "7 numaralı', "way: .*families do not read 'xx'"),
    ('way.de = "Das große', 'way.en = "The big', "way: .*families do not read 'en'"),
    ('name = "Bezirksrathaus Porz"', 'name = " "', "meeting_places.1.name"),
    ('id = "jobcenter"', 'id = "rathaus"', "meeting_places: .*twice: rathaus"),
    ('id = "jobcenter"', 'id = "goethe"', "goethe is a site, and each site is a meeting place already"),
    (
        'way.de = "Mit dem Bus bis Finkenberg.',
        'way.de = "' + "weit " * 61,
        "way: .*takes 1 to 300 characters",
    ),
]


@pytest.mark.parametrize(("was", "becomes", "complaint"), BROKEN)
def test_a_broken_file_is_refused_at_the_place_that_is_broken(
    tmp_path: Path, was: str, becomes: str, complaint: str
) -> None:
    with pytest.raises(AgencyError, match=complaint):
        agency.read(written(tmp_path, was, becomes))


HOURS = [
    ("always", True),
    ("", True),
    ("mo-fr 09:00-17:00", True),
    ("mo-fr 09:00-17:00; tu,th 09:00-19:00", True),
    ("sa 14:00-20:00", True),
    # read only on a Saturday, so a file that looks good on all other days would stop the red button on that one
    ("sa 14-late", False),
    ("mo-su 00:00-23:59; xx 1", False),
    ("mo 09:00", False),
    ("mo 22:00-06:00", False),
    ("fr-mo 09:00-17:00", False),
    ("mo 09:00+02:00-17:00", False),
    ("täglich", False),
]


def _with_hours(tmp_path: Path, hours: str) -> Path:
    file = tmp_path / "agency.toml"
    number = f'[[numbers]]\nnumber = "112"\nkey = "police"\nhours = "{hours}"\n'
    file.write_text(
        f'sites = []\n[agency]\nname = "A"\n[escalation]\nminutes = [5]\n{number}', encoding="utf-8"
    )
    return file


@pytest.mark.parametrize(("hours", "good"), HOURS)
def test_hours_are_read_on_all_days_before_they_are_taken(tmp_path: Path, hours: str, good: bool) -> None:
    file = _with_hours(tmp_path, hours)
    if good:
        assert agency.read(file).numbers[0].hours == hours
    else:
        with pytest.raises(AgencyError, match=r"numbers.0.hours"):
            agency.read(file)


@pytest.mark.parametrize("number", ["+49 221 1", "0221-1", "", "112a"])
def test_numbers_are_written_so_that_a_phone_can_dial_them(tmp_path: Path, number: str) -> None:
    file = _with_hours(tmp_path, "always")
    file.write_text(file.read_text().replace('"112"', f'"{number}"'))
    with pytest.raises(AgencyError, match=r"numbers.0.number: .*national form"):
        agency.read(file)


@pytest.mark.parametrize(
    ("spoken", "good"),
    [('["tr", "ar"]', True), ('["*"]', True), ("[]", True), ('["Türkisch"]', False), ('["TR"]', False)],
)
def test_languages_are_written_as_codes(tmp_path: Path, spoken: str, good: bool) -> None:
    file = _with_hours(tmp_path, "always")
    file.write_text(file.read_text() + f"languages = {spoken}\n")
    if good:
        assert agency.read(file)
    else:
        with pytest.raises(AgencyError, match=r"numbers.0.languages: .*is no language"):
            agency.read(file)


def test_a_number_listed_twice_is_refused(tmp_path: Path) -> None:
    file = _with_hours(tmp_path, "always")
    file.write_text(file.read_text() + '[[numbers]]\nnumber = "112"\nkey = "police"\n')
    with pytest.raises(AgencyError, match="listed twice: 112"):
        agency.read(file)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    picture = tmp_path / "picture.toml"
    picture.write_bytes(b"\xff\xd8\xff")
    for path in (tmp_path / "nowhere.toml", tmp_path, picture):
        with pytest.raises(AgencyError, match="can't be read"):
            agency.read(path)
