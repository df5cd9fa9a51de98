"""The part of an agency's file that says how an alarm climbs, for all sites and for single ones."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from storage.agency import EVERYWHERE

MOST_STEPS, LONGEST = 9, 120
SPANS = {
    "remind_minutes": (1, 120),
    "forgotten_minutes": (1, 60),
    "join_minutes": (0, 600),
    "quiet": (0, 2),
    "second_seconds": (5, 120),
}


class SiteEscalation(BaseModel):
    """What is different at one site; whatever is left out is as for all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    site: str
    minutes: list[int] | None = None
    needed: list[int] | None = None
    remind_minutes: int | None = None
    forgotten_minutes: int | None = None
    join_minutes: int | None = None
    join: list[Literal["lead", "on_call"]] | None = None
    quiet: int | None = None
    second_seconds: int | None = None

    @field_validator("minutes")
    @classmethod
    def _each_step_takes_its_time(cls, minutes: list[int] | None) -> list[int] | None:
        if minutes is not None and not 1 <= len(minutes) <= MOST_STEPS:
            raise ValueError(f"write 1 to {MOST_STEPS} steps, each with its minutes")
        if any(not 1 <= number <= LONGEST for number in minutes or ()):
            raise ValueError(f"each step takes 1 to {LONGEST} minutes")
        return minutes

    @field_validator("needed")
    @classmethod
    def _at_least_one(cls, needed: list[int] | None) -> list[int] | None:
        if any(not 1 <= number <= MOST_STEPS for number in needed or ()):
            raise ValueError(f"on each step 1 to {MOST_STEPS} people must acknowledge")
        return needed

    @field_validator(*SPANS)
    @classmethod
    def _within(cls, number: int | None, field: Any) -> int | None:
        least, most = SPANS[field.field_name]
        if number is not None and not least <= number <= most:
            raise ValueError(f"write a number from {least} to {most}")
        return number

    def body(self) -> dict[str, Any]:
        """What is written down of it."""
        return self.model_dump(exclude_none=True, exclude={"site", "sites"})


class Escalation(SiteEscalation):
    """The rule for all, and those of the sites that have their own."""

    site: str = EVERYWHERE
    minutes: list[int]
    sites: list[SiteEscalation] = []

    @field_validator("site")
    @classmethod
    def _for_all(cls, site: str) -> str:
        if site:
            raise ValueError("this rule is for all sites; that of one site stands under [[escalation.sites]]")
        return site

    @model_validator(mode="after")
    def _fits_together(self) -> "Escalation":
        names = [own.site for own in self.sites]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two rules for one site: {', '.join(twice)}")
        for site, body in self.bodies().items():
            if len(body.get("needed", ())) not in {0, len(body["minutes"])}:
                where = f" at {site}" if site else ""
                raise ValueError(f"write as many numbers in needed{where} as there are steps in minutes")
        return self

    def bodies(self) -> dict[str, dict[str, Any]]:
        """The rules by site; "" is for all that have none of their own."""
        mine = self.body()
        return {EVERYWHERE: mine} | {own.site: _own(mine, own.body()) for own in self.sites}

    def unknown(self, sites: Iterable[str]) -> list[str]:
        """The sites that have a rule and are not among these."""
        return sorted({own.site for own in self.sites} - set(sites))


def _own(for_all: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The site's own rule; another number of steps makes void how many each of them needs."""
    rule = for_all | own
    if "minutes" in own and "needed" not in own and len(own["minutes"]) != len(for_all["minutes"]):
        rule.pop("needed", None)
    return rule
