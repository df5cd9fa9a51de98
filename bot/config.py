"""What the operator sets: environment variables PAENZ_*, checked before anything starts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from yarl import URL

from handlers.addresses import NotUnderstood, understood
from storage.file import database_path
from storage.keyring import Keys
from storage.masterkey import others_may_read

OFFICIAL = "https://api.telegram.org"
LISTEN = re.compile(r"(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):[1-9][0-9]{0,4}")
ALLOWED = {
    "token": "the bot's token from @BotFather, digits:letters",
    "token_file": "the path of a readable file that holds the token",
    "api_url": f"an http or https address, such as {OFFICIAL}",
    "store": "a SQLAlchemy URL of a SQLite file, such as sqlite:///var/paenz.db",
    "key_file": "the path of the master key's file, readable by nobody else; paenz setup makes it",
    "keys": "the path of the file with the wrapped keys, outside the folder of backups",
    "backups": "a folder for backups; the keys' files must lie outside it",
    "courses": "a folder of courses of your own, each a folder with de.toml, tr.toml, ar.toml",
    "timezone": "a name from the IANA time zone list, such as Europe/Berlin",
    "log": "one of DEBUG, INFO, WARNING, ERROR",
    "audit": "on or off; off when another service runs paenz audit",
    "beat_url": "an http or https address that an audit calls while all is well",
    "watch_address": "an address such as ntfys://ntfy.example.org/topic at which an audit tells what is wrong",
    "watch_address_file": "the path of a readable file that holds such an address",
    "feed_listen": "host:port at which calendar feeds are served, such as 127.0.0.1:8090; needs PAENZ_FEED_URL",
    "feed_url": "the https address under which people reach that from outside; needs PAENZ_FEED_LISTEN",
    "demo_port": "a whole number from 1 to 65535",
}

HELD = {"token_file": "no token", "watch_address_file": "no address"}  # where a file holds something else


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """Where calendar feeds are served: `url` is what people are given, "" for the very address listened at."""

    host: str
    port: int
    url: str


class ConfigError(Exception):
    """A setting is wrong. The text names each variable and what is allowed, and never the token."""


class Settings(BaseSettings):
    """The frozen settings of one run."""

    model_config = SettingsConfigDict(
        env_prefix="PAENZ_", frozen=True, hide_input_in_errors=True, extra="ignore"
    )

    token: SecretStr | None = Field(default=None)
    token_file: Path | None = None
    api_url: str = OFFICIAL
    store: str = "sqlite:///var/paenz.db"
    key_file: Path = Path("var/keys/master.key")
    keys: Path = Path("var/keys/keys.db")
    backups: Path = Path("var/backups")
    courses: Path | None = None
    timezone: str = "Europe/Berlin"
    log: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    audit: Literal["on", "off"] = "on"
    beat_url: SecretStr | None = None
    watch_address: SecretStr | None = None
    watch_address_file: Path | None = None
    feed_listen: str = ""
    feed_url: str = ""
    demo_port: int = Field(default=8080, ge=1, le=65535)

    @field_validator("token")
    @classmethod
    def _shaped_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not is_token(token.get_secret_value()):
            raise ValueError("malformed")
        return token

    @field_validator("api_url")
    @classmethod
    def _an_address(cls, address: str) -> str:
        parsed = URL(address)
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise ValueError("malformed")
        return address.rstrip("/")

    @field_validator("feed_listen")
    @classmethod
    def _host_and_port(cls, listen: str) -> str:
        if listen and not LISTEN.fullmatch(listen):
            raise ValueError("malformed")
        return listen

    @field_validator("feed_url")
    @classmethod
    def _a_web_address_or_none(cls, url: str) -> str:
        return cls._an_address(url) if url else ""

    @field_validator("beat_url")
    @classmethod
    def _a_web_address(cls, url: SecretStr | None) -> SecretStr | None:
        given = url.get_secret_value() if url else ""
        if not given:
            return None
        cls._an_address(given)
        return url

    @field_validator("watch_address")
    @classmethod
    def _rings_somebody(cls, address: SecretStr | None) -> SecretStr | None:
        given = address.get_secret_value() if address else ""
        if not given:
            return None
        if not rings_somebody(given):
            raise ValueError("malformed")
        return address

    @field_validator("store")
    @classmethod
    def _a_file(cls, url: str) -> str:
        database_path(url)
        return url

    @field_validator("timezone")
    @classmethod
    def _a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("unknown") from None
        return name

    @property
    def key_place(self) -> Keys:
        """Where the keys lie. Raises ConfigError when a copy of the backups would be a copy of the keys."""
        folder = self.backups.resolve()
        for name, path in (("PAENZ_KEY_FILE", self.key_file), ("PAENZ_KEYS", self.keys)):
            if path.resolve().is_relative_to(folder):
                raise ConfigError(f"{name} lies inside PAENZ_BACKUPS; allowed: {ALLOWED['keys']}")
        return Keys(self.key_file, self.keys)

    @property
    def feed(self) -> FeedPlace | None:
        """Where calendar feeds are served; None for nowhere. Raises ConfigError when half of it is missing."""
        if not self.feed_listen and not self.feed_url:
            return None
        for name, given in (("feed_listen", self.feed_listen), ("feed_url", self.feed_url)):
            if not given:
                raise ConfigError(f"PAENZ_{name.upper()} is missing; allowed: {ALLOWED[name]}")
        listen = URL(f"http://{self.feed_listen}")
        return FeedPlace(listen.host or "", listen.explicit_port or 0, self.feed_url)

    @property
    def beats_at(self) -> str:
        """Whom an audit calls while all is well; "" for nobody."""
        return self.beat_url.get_secret_value() if self.beat_url else ""

    @property
    def watcher(self) -> str:
        """The operator's address for what an audit finds; "" for none. Raises ConfigError."""
        if self.watch_address is not None:
            return self.watch_address.get_secret_value()
        if self.watch_address_file is None:
            return ""
        return _read("watch_address_file", self.watch_address_file, rings_somebody)

    @property
    def secret(self) -> str:
        """The token itself. Raises ConfigError when there is none, and where a log would tell of real people."""
        if self.log == "DEBUG" and URL(self.api_url).host == URL(OFFICIAL).host:
            raise ConfigError(
                "PAENZ_LOG is DEBUG with the real Telegram; allowed there: INFO, WARNING, ERROR"
            )
        if self.token is not None:
            return self.token.get_secret_value()
        if self.token_file is not None:
            return _read("token_file", self.token_file, is_token)
        raise ConfigError(f"PAENZ_TOKEN or PAENZ_TOKEN_FILE is missing; allowed: {ALLOWED['token']}")


def _read(name: str, path: Path, fits: Callable[[str], bool]) -> str:
    """The secret in a file that nobody else may read. Raises ConfigError, which never quotes it."""
    variable = f"PAENZ_{name.upper()}"
    try:
        if others_may_read(path):
            raise ConfigError(f"others may read {variable}; run: chmod 0400 {path}")
        held = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{variable} can't be read; allowed: {ALLOWED[name]}") from None
    if not fits(held):
        raise ConfigError(f"{variable} holds {HELD[name]}; allowed: {ALLOWED[name]}")
    return held


def rings_somebody(address: str) -> bool:
    """Whether something can be sent to this address."""
    try:
        understood(address, here=True)
    except NotUnderstood:
        return False
    return True


def is_token(text: str) -> bool:
    number, _, secret = text.partition(":")
    plain = secret.replace("-", "").replace("_", "")
    return text.isascii() and number.isdecimal() and len(secret) >= 10 and plain.isalnum()


def load() -> Settings:
    """The settings from the environment. Raises ConfigError naming every variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = dict.fromkeys(str(problem["loc"][0]) for problem in error.errors() if problem["loc"])
        lines = [f"PAENZ_{name.upper()} is wrong; allowed: {ALLOWED[name]}" for name in wrong]
        raise ConfigError("\n".join(lines)) from None
