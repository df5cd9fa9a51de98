"""Reads an agency's own facts from a TOML file, and refuses a file that would mislead anybody."""

import re
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.custom import ReminderFacts
from bot.escalation import Escalation
from bot.whereabouts import MeetingPlaceFacts
from handlers.crisis.calling import is_open_now
from handlers.crisis.policy import policy_of
from handlers.crisis.screens import KEYS
from storage.records import OfferKind
from storage.settings import AGENCY_NAME
from storage.store import Store

LANGUAGE = re.compile(r"\*|[a-z]{2,3}")
NATIONAL = re.compile(r"\d+( \d+)*")
ANY_MOMENT = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))


def _opens(span: str) -> bool:
    """Whether it does in any quarter of an hour of a week: a span is only read on its own days."""
    week = [ANY_MOMENT + timedelta(minutes=15 * n) for n in range(7 * 24 * 4)]
    try:
        opens = [is_open_now(span, moment) for moment in week]
    except (TypeError, ValueError):
        return False
    return any(opens)


class AgencyError(Exception):
    """The file can't be used. The text says where and why."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SiteFacts(MeetingPlaceFacts):
    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,11}$")
    places: int = Field(ge=0)
    offers: list[OfferKind]


class NumberFacts(Strict):
    number: str
    key: str
    hours: str = ""
    first: bool = False
    staff_only: bool = False
    confirmed_on: date | None = None
    languages: list[str] = []

    @field_validator("number")
    @classmethod
    def _national(cls, number: str) -> str:
        if not NATIONAL.fullmatch(number):
            raise ValueError("write it in national form: digits in groups, no + and no hyphen")
        return number

    @field_validator("key")
    @classmethod
    def _has_a_text(cls, key: str) -> str:
        if key not in KEYS:
            raise ValueError(f"must be one of {', '.join(KEYS)}")
        return key

    @field_validator("languages")
    @classmethod
    def _codes(cls, languages: list[str]) -> list[str]:
        odd = [code for code in languages if not LANGUAGE.fullmatch(code)]
        if odd:
            raise ValueError(
                f"{odd[0]!r} is no language; write tr for Türkçe, * where interpreters are called in"
            )
        return languages

    @field_validator("hours")
    @classmethod
    def _readable(cls, hours: str) -> str:
        for span in filter(str.strip, hours.split(";")):
            if not _opens(span):
                raise ValueError(f"{span.strip()!r} never opens; write it as mo-fr 09:00-17:00")
        return hours


class PlaceFacts(Strict):
    """A short-term place for a crisis. Its label stands on a button and must name nobody."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,15}$")
    site: str
    label: str = Field(max_length=24, pattern=r"\S")


class AgencyFacts(Strict):
    agency: dict[Literal["name"], str]
    escalation: Escalation
    sites: list[SiteFacts]
    numbers: list[NumberFacts]
    places: list[PlaceFacts] = []
    meeting_places: list[MeetingPlaceFacts] = []
    reminders: ReminderFacts = ReminderFacts()

    @field_validator("sites", "numbers", "places", "meeting_places")
    @classmethod
    def _each_once(cls, rows: list[Any]) -> list[Any]:
        names = [row.number if isinstance(row, NumberFacts) else row.id for row in rows]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"listed twice: {', '.join(twice)}")
        return rows

    @model_validator(mode="after")
    def _climb_somewhere(self) -> "AgencyFacts":
        lost = self.escalation.unknown(site.id for site in self.sites)
        if lost:
            raise ValueError(f"escalation.sites: {', '.join(lost)} is no site of this file")
        return self

    @model_validator(mode="after")
    def _meet_at_places_of_their_own(self) -> "AgencyFacts":
        taken = {site.id for site in self.sites} & {place.id for place in self.meeting_places}
        if taken:
            raise ValueError(
                f"meeting_places: {min(taken)} is a site, and each site is a meeting place already"
            )
        return self

    @field_validator("places")
    @classmethod
    def _stand_somewhere(cls, places: list[PlaceFacts], so_far: ValidationInfo) -> list[PlaceFacts]:
        sites = {site.id for site in so_far.data.get("sites", [])}
        lost = [place for place in places if sites and place.site not in sites]
        if lost:
            raise ValueError("; ".join(f"{one.id} is at {one.site!r}, which is no site here" for one in lost))
        labels = [place.label.strip().casefold() for place in places]
        twice = sorted({place.label for place in places if labels.count(place.label.strip().casefold()) > 1})
        if twice:
            raise ValueError(f"nobody could tell them apart: {', '.join(twice)}")
        return places


def read(path: Path) -> AgencyFacts:
    """The file's facts. Raises AgencyError with a line for each mistake."""
    try:
        return AgencyFacts.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise AgencyError(f"{path} can't be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise AgencyError(f"{path} is no TOML: {error}") from None
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise AgencyError("\n".join(lines)) from None


def write(store: Store, facts: AgencyFacts) -> None:
    """Puts the facts into the store. Numbers and steps are replaced, sites, offers and places added to or updated."""
    store.settings.put(AGENCY_NAME, facts.agency.get("name", ""))
    facts.reminders.write(store)
    store.agency.put_sites(
        {"id": site.id, "name": site.name, "address": site.address, "places": site.places}
        for site in facts.sites
    )
    meeting: list[MeetingPlaceFacts] = [*facts.sites, *facts.meeting_places]
    store.agency.put_meeting_places(place.row(position) for position, place in enumerate(meeting, start=1))
    store.agency.put_offers(
        {"id": f"{site.id}-{kind}", "site_id": site.id, "kind": str(kind)}
        for site in facts.sites
        for kind in site.offers
    )
    store.agency.put_crisis_places(
        {"id": place.id, "site_id": place.site, "label": place.label.strip(), "position": position}
        for position, place in enumerate(facts.places, start=1)
    )
    store.agency.replace_numbers([_row(n, number) for n, number in enumerate(facts.numbers, start=1)])
    bodies = facts.escalation.bodies()
    store.agency.replace_policies({site: policy_of(body) for site, body in bodies.items()})


def _row(position: int, number: NumberFacts) -> dict[str, Any]:
    return {
        "number": number.number,
        "key": number.key,
        "hours": number.hours,
        "position": position,
        "first": int(number.first),
        "staff_only": int(number.staff_only),
        "confirmed_on": number.confirmed_on.isoformat() if number.confirmed_on else None,
        "languages": ",".join(number.languages),
    }
