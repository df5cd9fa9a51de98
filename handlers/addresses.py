"""Addresses beside Telegram: which kinds we understand, and where they may lead. Sending is the machine room's."""

import importlib
import ipaddress
import logging
import re
import socket
import warnings
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

LONGEST = 400
EXAMPLES = (
    "ntfys://ntfy.sh/your-own-long-secret-name",
    "mailtos://name:password@mail.example.org?to=me@example.org",
    "signal://10.0.0.5:8080/FROM/TO",
    "threema://*GATEWAY@SECRET/TO",
    "seven://KEY/TO",
)
CLOUD = frozenset({"cloud", "t2bot"})  # the plugin's words for its maker's own server
# what may stand behind the question mark; others would read files, skip certificates or fetch from elsewhere
PARAMETERS = frozenset(
    {"to", "from", "name", "user", "pass", "smtp", "priority", "token", "secret", "key", "region", "gwid"}
)
# where hosters answer a machine of theirs about itself, on numbers that look like any other
METADATA = frozenset(
    map(ipaddress.ip_address, ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"))
)
_BETWEEN = re.compile(r"[?&;]")
SILENT = ("apprise", "urllib3", "requests")  # their lines name hosts, topics and numbers
for _name in SILENT:
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to send: what people call it, and which of apprise's plugins does it.

    `host` is the plugin's word for a server that stands in the address; "" where it is always the maker's own.
    `louder` is set where the address says nothing of it, `always` whatever it says. `here_only` is for the
    demo and the tests.
    """

    name: str
    plugin: str
    host: str = ""
    louder: dict[str, Any] = field(default_factory=dict)
    always: dict[str, Any] = field(default_factory=dict)
    here_only: bool = False


_NTFY = Kind("ntfy", "ntfy:NotifyNtfy", "host", {"priority": "max"})
_MAIL = Kind("E-Mail", "email:NotifyEmail", "smtp_host")
_SIGNAL = Kind("Signal", "signal_api:NotifySignalAPI", "host")
_GOTIFY = Kind("Gotify", "gotify:NotifyGotify", "host", {"priority": "high"})
_MATRIX = Kind("Matrix", "matrix:NotifyMatrix", "host", always={"discovery": False, "e2ee": False})
_EAGLE = Kind("SMS: SMSEagle", "smseagle:NotifySMSEagle", "host")
_HERE = Kind("JSON", "custom_json:NotifyJSON", "host", here_only=True)
# no program is run, no file read, nothing shown on the server's own screen: what stands here and nothing else
KINDS: dict[str, Kind] = {
    "ntfy": _NTFY,
    "ntfys": _NTFY,
    "mailto": _MAIL,
    "mailtos": _MAIL,
    "signal": _SIGNAL,
    "signals": _SIGNAL,
    "threema": Kind("Threema", "threema:NotifyThreema"),
    "gotify": _GOTIFY,
    "gotifys": _GOTIFY,
    "matrix": _MATRIX,
    "matrixs": _MATRIX,
    "pover": Kind("Pushover", "pushover:NotifyPushover", louder={"priority": "high"}),
    "seven": Kind("SMS: seven", "seven:NotifySeven"),
    "msgbird": Kind("SMS: MessageBird", "messagebird:NotifyMessageBird"),
    "46elks": Kind("SMS: 46elks", "fortysixelks:Notify46Elks"),
    "clicksend": Kind("SMS: ClickSend", "clicksend:NotifyClickSend"),
    "sinch": Kind("SMS: Sinch", "sinch:NotifySinch"),
    "twilio": Kind("SMS: Twilio", "twilio:NotifyTwilio"),
    "vonage": Kind("SMS: Vonage", "vonage:NotifyVonage"),
    "smseagle": _EAGLE,
    "smseagles": _EAGLE,
    "json": _HERE,
}


class NotUnderstood(Exception):  # noqa: N818 - what it says
    """No address of a kind we use; the text never quotes it."""


@dataclass(frozen=True)
class Way:
    """An address, understood: its kind and apprise's own sender for it."""

    kind: Kind
    sender: Any

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.kind.name})"

    @property
    def server(self) -> str:
        """The server's name or number where whoever typed the address chose it; "" otherwise."""
        if not self.kind.host or getattr(self.sender, "mode", None) in CLOUD:
            return ""
        return str(getattr(self.sender, self.kind.host, None) or "").strip("[]")


def kind_of(address: str) -> Kind | None:
    """The kind of an address by its first word; None for all others."""
    return KINDS.get(address.partition("://")[0].casefold())


def understood(address: str, *, here: bool = False) -> Way:
    """The way to send to this address. `here` lets those of the demo in. Raises NotUnderstood. Sends nothing."""
    kind = kind_of(address)
    if kind is None or (kind.here_only and not here) or not _well_formed(address):
        raise NotUnderstood
    try:
        plugin = _plugin(kind.plugin)
        read = plugin.parse_url(address)
        sender = plugin(**{**kind.louder, **read, **kind.always, **_strict()}) if read else None
    except Exception:  # whatever a plugin does not like; its text may quote the address
        sender = None
    if sender is None:
        raise NotUnderstood
    return Way(kind, sender)


def _well_formed(address: str) -> bool:
    if len(address) > LONGEST or not address.isascii() or not address.isprintable() or " " in address:
        return False
    # apprise divides at both signs, and takes a question mark behind a # for one too
    given = [one.partition("=")[0] for one in _BETWEEN.split(address.partition("?")[2])]
    return all(unquote(name).casefold() in PARAMETERS for name in given if name)


@cache
def _plugin(path: str) -> Any:
    """Only this one module is loaded, and none of the hundred others."""
    module, _, name = path.partition(":")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about old modules that the plugins' own libraries use
        return getattr(importlib.import_module(f"apprise.plugins.{module}"), name)


@cache
def _asset() -> Any:
    from apprise import AppriseAsset  # half a second; only whoever rings has to wait for it

    return AppriseAsset(
        app_id="Pänz",
        app_desc="Pänz",
        app_url="",
        http_redirects=False,
        secure_logging=True,
        async_mode=False,
    )


def _strict() -> dict[str, Any]:
    """What no address may change: certificates are looked at, nothing is followed elsewhere, nobody waits long."""
    return {"asset": _asset(), "verify": True, "redirect": False, "cto": 3.0, "rto": 4.0, "retry": 0}


def may_lead_there(server: str, *, here: bool) -> bool:
    """Whether this server may be spoken to; its name is looked up. Raises OSError when nobody knows it.

    The agency's own network may hold an ntfy of its own. This very machine and what is reached only from it may
    hold a Bot API server or a hoster's metadata, which nobody has to reach by way of an address in a chat.
    """
    found = {line[4][0] for line in socket.getaddrinfo(server, None, type=socket.SOCK_STREAM)}
    return bool(found) and all(may_be_spoken_to(str(number), here=here) for number in found)


def may_be_spoken_to(number: str, *, here: bool) -> bool:
    """As above, for a number that was looked up. Raises ValueError for what is none."""
    at: Any = ipaddress.ip_address(number.partition("%")[0])
    at = getattr(at, "ipv4_mapped", None) or at
    if at.is_loopback:
        return here
    return not (at in METADATA or at.is_link_local or at.is_multicast or at.is_unspecified or at.is_reserved)
