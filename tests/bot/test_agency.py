"""An agency's own facts: a good file is taken whole, one that would mislead anybody is refused with a reason."""

from pathlib import Path

import pytest

from bot import agency
from bot.agency import AgencyError
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


BROKEN = [
    ("minutes = [5, 5, 10]", "minutes = []", "escalation.minutes"),
    ("minutes = [5, 5, 10]", "minutes = [0]", "escalation.minutes"),
    ("minutes = [5, 5, 10]", 'minutes = ["soon"]', "escalation.minutes"),
    ('id = "bonner"', 'id = "goethe"', "sites: .*twice: goethe"),
    ('id = "goethe"', 'id = "Goethe Straße"', "sites.0.id"),
    ("places = 12", "places = -1", "sites.0.places"),
    ('"residential"', '"hotel"', "sites.0.offers.0"),
    ("[[sites]]", "[[sides]]", "sides"),
    ("[agency]", "[agency", "is no TOML"),
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
