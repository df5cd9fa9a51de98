"""Which addresses we understand, and where they may lead: nothing runs, nothing is read, nobody is led astray."""

import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import addresses
from handlers.addresses import EXAMPLES, KINDS, PARAMETERS, NotUnderstood, kind_of, may_lead_there, understood

PHONES = "+4922112345678/+4915112345678"
GOOD = (
    "ntfy://127.0.0.1:9/alarm",
    "ntfys://ntfy.example.org/x?priority=high",
    "ntfy://mytopic",
    "mailto://user:pass@example.org?to=a@b.de",
    "mailtos://smtp.example.org?from=a@b.de&to=c@d.de",
    f"signal://10.0.0.5:8080/{PHONES}",
    "threema://*THEGWID@abcdefghijklmnop/ABCDEFGH",
    "gotify://host/AbCdEfGhIjKlMnO",
    "matrix://user:pass@host/#room",
    f"pover://{'u' * 30}@{'t' * 30}",
    "seven://apikey/+4915112345678",
    f"msgbird://{'a' * 25}/{PHONES}",
    f"46elks://user:pass@{PHONES}",
    f"twilio://AC{'a' * 32}:{'b' * 32}@{PHONES}",
    "smseagle://token@host/+4915112345678",
)
BAD = (
    "",
    "hallo",
    "ntfy:/x",
    "exec://ls",
    "script://x",
    "syslog://",
    "rsyslog://host",
    "dbus://",
    "glib://",
    "gnome://",
    "windows://",
    "macosx://",
    "file:///etc/passwd",
    "http://127.0.0.1/",
    "config://host",
    "apprise://host/token",
    "smpp://u:p@host/1/2",
    "slack://a/b/c",
    "tgram://123456789:abcdefg_hijklmnop/12315544/",
    "ntfys://h/x?attach=/etc/passwd",
    "ntfys://h/x?verify=no",
    "ntfys://h/x?%76erify=no",
    "ntfys://h/x?redirect=yes",
    "mailto://u:p@example.org?to=a@b.de;pgpkey=/etc/passwd",
    "mailto://u:p@example.org?to=a@b.de&pgp=yes",
    "mailto://u:p@example.org?+X-Header=1",
    "matrix://user:pass@host/#room?discovery=yes",
    "ntfy://h/x y",
    "ntfy://h/\u202ex",
    "ntfy://h/" + "x" * 400,
    "json://127.0.0.1/x",
)


@pytest.mark.parametrize("address", GOOD)
def test_what_we_understand(address: str) -> None:
    way = understood(address)
    assert way.kind is kind_of(address)
    assert way.sender.verify_certificate is True
    assert way.sender.redirects is False
    assert way.sender.socket_connect_timeout + way.sender.socket_read_timeout < 8
    assert address not in repr(way)


@pytest.mark.parametrize("address", BAD)
def test_what_we_do_not(address: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        understood(address)
    assert str(refused.value) == ""


def test_the_demo_s_pager_is_understood_only_there() -> None:
    assert understood("json://127.0.0.1/x", here=True).server == "127.0.0.1"


def test_every_example_shown_is_of_a_kind_we_know() -> None:
    assert all(kind_of(example) for example in EXAMPLES)


def test_whoever_chose_the_server_is_looked_at_and_no_secret_is_taken_for_one() -> None:
    servers = {address: understood(address).server for address in GOOD}
    assert servers["ntfy://127.0.0.1:9/alarm"] == "127.0.0.1"
    assert servers["mailto://user:pass@example.org?to=a@b.de"] == "example.org"
    for address in (
        "ntfy://mytopic",
        "threema://*THEGWID@abcdefghijklmnop/ABCDEFGH",
        "seven://apikey/+4915112345678",
    ):
        assert servers[address] == ""


def test_discovery_may_not_lead_matrix_elsewhere() -> None:
    assert understood("matrix://user:pass@host/#room").sender.discovery is False


@pytest.mark.parametrize(
    ("server", "here", "allowed"),
    [
        ("127.0.0.1", False, False),
        ("127.0.0.1", True, True),
        ("localhost", False, False),
    ],
)
def test_this_machine_is_rung_only_in_the_demo(server: str, here: bool, allowed: bool) -> None:
    assert may_lead_there(server, here=here) is allowed


@pytest.mark.parametrize(
    "number",
    ["169.254.169.254", "fe80::1%eth0", "0.0.0.0", "::", "224.0.0.1", "::ffff:127.0.0.1"],  # noqa: S104 - refused
)
def test_what_is_reached_only_from_here_is_refused(number: str) -> None:
    assert not addresses.may_be_spoken_to(number, here=False)


@pytest.mark.parametrize(
    "number",
    [
        "fd00:ec2::254",
        "fd00:0ec2:0::0254",
        "100.100.100.200",
        "::ffff:100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
    ],
)
def test_a_hoster_s_metadata_is_refused_wherever_it_is(number: str) -> None:
    assert not addresses.may_be_spoken_to(number, here=False)
    assert not addresses.may_be_spoken_to(number, here=True)


@pytest.mark.parametrize("number", ["10.0.0.5", "192.168.1.9", "fd00::5", "203.0.114.9", "100.100.100.201"])
def test_the_agency_s_own_network_is_allowed(number: str) -> None:
    assert addresses.may_be_spoken_to(number, here=False)


def test_only_the_plugins_we_name_are_ever_loaded() -> None:
    named = {kind.plugin.partition(":")[0] for kind in KINDS.values()}
    loaded = {name.split(".")[2] for name in sys.modules if name.startswith("apprise.plugins.")}
    assert loaded - named <= {"base"}


def test_what_would_name_addresses_does_not_log() -> None:
    for name in (*addresses.SILENT, "urllib3.connectionpool"):
        assert not logging.getLogger(name).isEnabledFor(logging.CRITICAL)


@given(st.text(max_size=60), st.sampled_from(sorted(KINDS)))
def test_whatever_is_typed_is_understood_or_refused(rest: str, scheme: str) -> None:
    for address in (rest, f"{scheme}://{rest}"):
        try:
            way = understood(address)
        except NotUnderstood:
            continue
        names = {part.partition("=")[0].casefold() for part in address.partition("?")[2].split("&")}
        assert names - {""} <= PARAMETERS
        assert way.sender.redirects is False
