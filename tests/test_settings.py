"""Settings: one table; an unknown key names the nearest known one; every setting is documented."""

from dataclasses import fields
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import Settings, load_settings

DOCS = Path(__file__).parents[1] / "docs" / "settings.md"


def test_environment_outweighs_the_file_and_the_file_the_default(tmp_path: Path) -> None:
    (tmp_path / "anan.toml").write_text('port = 8080\ncontact = "政务公开办公室"\n', encoding="utf-8")
    settings = load_settings(tmp_path, {"ANAN_PORT": "9090", "ANAN_DATA": "elsewhere"})
    assert (settings.port, settings.contact, settings.host) == (9090, "政务公开办公室", "127.0.0.1")


@pytest.mark.parametrize(
    ("toml", "environ", "named"),
    [
        ("prot = 8080", {}, "port"),
        ("", {"ANAN_CONFIDENCE_TRESHOLD": "0.4"}, "confidence_threshold"),
    ],
)
def test_an_unknown_key_names_the_nearest(tmp_path: Path, toml: str, environ: dict[str, str], named: str) -> None:
    (tmp_path / "anan.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(SettingsError, match=named):
        load_settings(tmp_path, environ)


@pytest.mark.parametrize(
    "toml", ["port = 'many'", "port = true", "port = 80.5", "port = inf", "port = []", "contact = 5", "port ="]
)
def test_a_value_that_does_not_fit_is_refused(tmp_path: Path, toml: str) -> None:
    (tmp_path / "anan.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(SettingsError):
        load_settings(tmp_path, {})


# The first and last value that will do; None where there is no last one.
RANGES = {
    "port": (0, 65535),
    "threads": (1, 256),
    "trusted_proxies": (0, 10),
    "confidence_threshold": (0, 1),
    "question_limit": (1, 2000),
    "conversation_hours": (1, 720),
    "reply_workdays": (1, 60),
    "message_days": (1, 3650),
    "feedback_days": (1, 3650),
    "question_days": (1, 3650),
    "desk_hours": (1, 168),
    "desk_idle_minutes": (5, 1440),
    "listen_keep": (0, 365),
    "file_limit_mb": (1, None),
    "file_seconds": (1, None),
    "render_ahead": (0, 1),
    "speech_cache_mb": (1, None),
}


def test_every_number_has_a_range() -> None:
    assert {item.name for item in fields(Settings) if not isinstance(item.default, str)} == set(RANGES)


@pytest.mark.parametrize(("name", "ends"), RANGES.items(), ids=RANGES)
def test_a_number_out_of_its_range_is_refused(tmp_path: Path, name: str, ends: tuple[int, int | None]) -> None:
    least, most = ends
    for value in (least, 10_000 if most is None else most):
        assert getattr(load_settings(tmp_path, {f"ANAN_{name.upper()}": str(value)}), name) == value
    for value in (least - 1, *([] if most is None else [most + 1])):
        said = rf"设置 {name} 应当.*{least}.*得到的是 {value}"
        with pytest.raises(SettingsError, match=said):
            load_settings(tmp_path, {f"ANAN_{name.upper()}": str(value)})
        (tmp_path / "anan.toml").write_text(f"{name} = {value}", encoding="utf-8")
        with pytest.raises(SettingsError, match=said):
            load_settings(tmp_path, {})
        (tmp_path / "anan.toml").unlink()


@pytest.mark.parametrize("value", ["nan", "inf", "-0.1"])
def test_a_threshold_that_is_no_share_is_refused(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsError, match="在 0 到 1 之间"):
        load_settings(tmp_path, {"ANAN_CONFIDENCE_THRESHOLD": value})


def test_a_named_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="打不开"):
        load_settings(tmp_path, {"ANAN_CONFIG": str(tmp_path / "none.toml")})


@pytest.mark.parametrize("setting", [item.name for item in fields(Settings)])
def test_every_setting_is_documented(setting: str) -> None:
    default = getattr(Settings(), setting)
    row = next((line for line in DOCS.read_text(encoding="utf-8").splitlines() if f"| `{setting}` |" in line), "")
    assert f"`{default}`" in row or (default == "" and "| （空） |" in row)
