"""Where people meet, as an agency's file tells it: a pin on the map and the way in plain words."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from locales.languages import shipped

SOUTH, NORTH = 50.6, 51.2  # degrees: Köln and what one reaches from there by bus
WEST, EAST = 6.5, 7.5
MOST_OF_WAY = 300


class Whereabouts(BaseModel):
    """A pin in degrees, which may be left out, and by language code how one gets there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    latitude: float | None = None
    longitude: float | None = None
    way: dict[str, str] = {}

    @field_validator("way")
    @classmethod
    def _can_be_read(cls, way: dict[str, str]) -> dict[str, str]:
        odd = sorted(way.keys() - set(shipped("families")))
        if odd:
            raise ValueError(
                f"families do not read {odd[0]!r}; write one of {', '.join(shipped('families'))}"
            )
        said = {code: " ".join(text.split()) for code, text in way.items()}
        unfit = sorted(code for code, text in said.items() if not 0 < len(text) <= MOST_OF_WAY)
        if unfit:
            raise ValueError(f"the way in {unfit[0]!r} takes 1 to {MOST_OF_WAY} characters")
        return said

    @model_validator(mode="after")
    def _is_near(self) -> Self:
        if self.latitude is None and self.longitude is None:
            return self
        if self.latitude is None or self.longitude is None:
            raise ValueError("latitude and longitude go together: write both or none")
        if SOUTH <= self.latitude <= NORTH and WEST <= self.longitude <= EAST:
            return self
        at = f"{self.latitude}, {self.longitude}"
        exchanged = SOUTH <= self.longitude <= NORTH and WEST <= self.latitude <= EAST
        why = "latitude and longitude are exchanged" if exchanged else "that is nowhere near Köln"
        raise ValueError(f"{at}: {why} (latitude {SOUTH} to {NORTH}, longitude {WEST} to {EAST})")


class MeetingPlaceFacts(Whereabouts):
    """A place of others where families are met: an office, a family centre, a practice."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,15}$")
    name: str = Field(max_length=60, pattern=r"\S")
    address: str = Field(max_length=120)

    def row(self, position: int) -> dict[str, Any]:
        """What the store keeps of it: degrees as text, and the ways."""
        pin = {"latitude": _degrees(self.latitude), "longitude": _degrees(self.longitude)}
        named = {"id": self.id, "name": self.name.strip(), "address": self.address, "position": position}
        return {**named, **pin, "ways": self.way}


def _degrees(value: float | None) -> str | None:
    return None if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
