"""Settings: each that is wrong is named with what is allowed, and the token never shows."""

import pickle
import traceback
from pathlib import Path

import pytest

from bot.config import ALLOWED, ConfigError, FeedPlace, Settings, is_token, load

TOKEN = "4200000017:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr"

WRONG = [
    ("TOKEN", "nonsense"),
    ("TOKEN", "123"),
    ("TOKEN", "123:short"),
    ("TOKEN", f"{TOKEN} "),
    ("TOKEN", "4200000017:ÄÖÜäöüßÄÖÜäöüßÄÖÜäöüß"),
    ("TOKEN", "٤٢٠٠٠٠٠٠١٧:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr"),
    ("API_URL", "api.telegram.org"),
    ("API_URL", "ftp://api.telegram.org"),
    ("API_URL", "http://"),
    ("API_URL", "http://["),
    ("STORE", "nonsense"),
    ("STORE", ""),
    ("STORE", "postgresql://me:secret@host/paenz"),
    ("STORE", "sqlite:///:memory:"),
    ("STORE", "sqlite+aiosqlite:///paenz.db"),
    ("TIMEZONE", "Köln"),
    ("TIMEZONE", "../../etc/passwd"),
    ("LOG", "loud"),
    ("DEMO_PORT", "http"),
    ("DEMO_PORT", "0"),
    ("DEMO_PORT", "65536"),
]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the machine the tests run on."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PAENZ_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"PAENZ_{name}", value)
    with pytest.raises(ConfigError) as refused:
        load()
    said = str(refused.value)
    assert said == f"PAENZ_{name} is wrong; allowed: {ALLOWED[name.lower()]}"
    whole = "".join(traceback.format_exception(refused.value))
    for secret in (TOKEN, "secret@", "ÄÖÜ"):
        assert secret not in whole


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "LOG", "DEMO_PORT"):
        monkeypatch.setenv(f"PAENZ_{name}", "?")
    with pytest.raises(ConfigError) as refused:
        load()
    lines = str(refused.value).splitlines()
    assert [line.split()[0] for line in lines] == ["PAENZ_TOKEN", "PAENZ_LOG", "PAENZ_DEMO_PORT"]


def test_every_setting_says_what_is_allowed() -> None:
    assert set(ALLOWED) == set(Settings.model_fields)


def test_without_any_setting_the_defaults_are_good_and_only_the_token_is_missing() -> None:
    loaded = load()
    assert loaded.api_url == "https://api.telegram.org"
    with pytest.raises(ConfigError, match="PAENZ_TOKEN or PAENZ_TOKEN_FILE is missing"):
        _ = loaded.secret


def test_good_settings_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "TOKEN": TOKEN,
        "API_URL": "http://127.0.0.1:8081/",
        "STORE": "sqlite:////srv/paenz.db",
        "TIMEZONE": "Europe/Berlin",
        "LOG": "DEBUG",
        "DEMO_PORT": "9",
    }
    for name, value in given.items():
        monkeypatch.setenv(f"PAENZ_{name}", value)
    loaded = load()
    assert (loaded.secret, loaded.api_url, loaded.demo_port) == (TOKEN, "http://127.0.0.1:8081", 9)


def test_the_token_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    file.chmod(0o400)
    monkeypatch.setenv("PAENZ_TOKEN_FILE", str(file))
    assert load().secret == TOKEN


@pytest.mark.parametrize("content", [None, b"", b"nonsense", b"\xff\xfe", b"123:x"])
def test_a_file_without_a_token_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
        file.chmod(0o400)
    monkeypatch.setenv("PAENZ_TOKEN_FILE", str(file))
    with pytest.raises(ConfigError, match="PAENZ_TOKEN_FILE"):
        _ = load().secret


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644, 0o420])
def test_a_file_that_others_may_read_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: int
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN)
    file.chmod(mode)
    monkeypatch.setenv("PAENZ_TOKEN_FILE", str(file))
    with pytest.raises(ConfigError, match="others may read PAENZ_TOKEN_FILE"):
        _ = load().secret
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    if mode == 0o440:  # how systemd's access list looks
        assert load().secret == TOKEN
    else:
        with pytest.raises(ConfigError, match="others may read"):
            _ = load().secret


def test_nobody_looks_closely_at_the_real_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAENZ_TOKEN", TOKEN)
    monkeypatch.setenv("PAENZ_LOG", "DEBUG")
    for address in ("https://api.telegram.org", "https://API.telegram.org/", "http://api.telegram.org:443"):
        monkeypatch.setenv("PAENZ_API_URL", address)
        with pytest.raises(ConfigError, match="PAENZ_LOG is DEBUG"):
            _ = load().secret
    monkeypatch.setenv("PAENZ_API_URL", "http://127.0.0.1:8081")
    assert load().secret == TOKEN


@pytest.mark.parametrize("name", ["KEY_FILE", "KEYS"])
@pytest.mark.parametrize("place", ["copies/it", "copies/deep/it", "elsewhere/../copies/it"])
def test_keys_inside_the_folder_of_backups_are_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, place: str
) -> None:
    monkeypatch.setenv("PAENZ_BACKUPS", "copies")
    monkeypatch.setenv(f"PAENZ_{name}", place)
    with pytest.raises(ConfigError, match=f"PAENZ_{name} lies inside PAENZ_BACKUPS"):
        _ = load().key_place


def test_a_link_does_not_hide_keys_among_the_backups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "copies")
    monkeypatch.setenv("PAENZ_BACKUPS", "copies")
    monkeypatch.setenv("PAENZ_KEYS", "link/keys.db")
    with pytest.raises(ConfigError, match="PAENZ_KEYS lies inside"):
        _ = load().key_place


def test_the_token_shows_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAENZ_TOKEN", TOKEN)
    loaded = load()
    for shown in (repr(loaded), str(loaded), repr(loaded.model_dump()), loaded.model_dump_json()):
        assert TOKEN not in shown
    assert TOKEN not in repr(vars(loaded))


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load().log = "DEBUG"
    assert pickle.loads(pickle.dumps(load())) == load()  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("text", "good"), [(TOKEN, True), ("1:aaaaaaaaaa", True), (":aaaaaaaaaa", False), ("", False)]
)
def test_the_shape_of_a_token(text: str, good: bool) -> None:
    assert is_token(text) == good


def test_a_feed_needs_both_where_it_listens_and_where_people_find_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().feed is None
    monkeypatch.setenv("PAENZ_FEED_LISTEN", "127.0.0.1:8090")
    with pytest.raises(ConfigError, match="PAENZ_FEED_URL is missing"):
        _ = load().feed
    monkeypatch.setenv("PAENZ_FEED_URL", "https://kalender.example.org/")
    assert load().feed == FeedPlace("127.0.0.1", 8090, "https://kalender.example.org")


@pytest.mark.parametrize("listen", ["8090", "127.0.0.1", "127.0.0.1:8090/x", "a b:1", ":"])
def test_where_a_feed_listens_is_host_and_port(monkeypatch: pytest.MonkeyPatch, listen: str) -> None:
    monkeypatch.setenv("PAENZ_FEED_LISTEN", listen)
    with pytest.raises(ConfigError, match="PAENZ_FEED_LISTEN is wrong"):
        load()
