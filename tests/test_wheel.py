"""The built wheel, installed into an empty virtual environment with no checkout near, serves and answers.

And writes nothing outside its data directory: neither into the home nor into the temporary folder nor beside itself.
"""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import soundfile

ROOT = Path(__file__).parents[1]
QUESTION = "一六年市公安局网站改版花了多少钱"
ANSWER = "38.6万元"
# What pip says when the index cannot be reached; anything else that it fails at is ours.
_NO_INDEX = re.compile(
    r"NewConnectionError|Failed to establish|name resolution|ConnectTimeoutError|ReadTimeoutError|ProxyError|"
    r"Connection (?:broken|refused|reset)|SSLError"
)
# The first start reads and indexes the sample corpus; this long means that it never will.
_START_SECONDS = 240


def pip(python: Path, *arguments: str | Path) -> None:
    command = [python, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode and _NO_INDEX.search(done.stdout + done.stderr):
        pytest.skip("软件包索引连不上，装不了依赖")
    assert done.returncode == 0, done.stderr


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """All that lies in the folder with size and time of change; Python's own caches beside modules left out."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_size, path.lstat().st_mtime_ns)
        for path in folder.rglob("*")
        if "__pycache__" not in path.parts and not path.is_dir()
    }


class Installed:
    """`anan` of the wheel, in surroundings of its own that are empty at first."""

    def __init__(self, folder: Path, scripts: Path) -> None:
        self.data = folder / "data"
        self.anan = scripts / "anan"
        self.watched = [folder / name for name in ("home", "tmp", "cwd")]
        for each in self.watched:
            each.mkdir()
        home, tmp, self.cwd = self.watched
        self.environ = {"PATH": os.defpath, "HOME": str(home), "TMPDIR": str(tmp), "PYTHONIOENCODING": "utf-8"}

    def run(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [self.anan, "--data", self.data, *arguments],
            cwd=self.cwd,
            env=self.environ,
            capture_output=True,
            encoding="utf-8",
            timeout=_START_SECONDS,
        )

    @contextlib.contextmanager
    def serving(self) -> Iterator[str]:
        """The address of the server; the system chooses a free port."""
        log = self.data.with_suffix(".log")
        with log.open("wb") as errors:
            process = subprocess.Popen(
                [self.anan, "--data", self.data, "serve"],
                cwd=self.cwd,
                env={**self.environ, "ANAN_PORT": "0"},
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
            )
        assert process.stdout is not None
        too_late = threading.Timer(_START_SECONDS, process.kill)
        too_late.start()
        try:
            found = next((match for line in process.stdout if (match := re.search(r"http://\S+", line))), None)
            assert found, f"anan serve ended before it was ready:\n{log.read_text(encoding='utf-8', errors='replace')}"
            yield found[0]
            process.terminate()
            assert process.wait(timeout=60) == 0, "stopped in good order"
        finally:
            too_late.cancel()
            process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def site_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of a virtual environment that holds the wheel and what it depends on."""
    folder = tmp_path_factory.mktemp("wheel")
    pip(Path(sys.executable), "wheel", "--quiet", "--no-deps", "--wheel-dir", folder / "dist", ROOT)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    [wheel] = (folder / "dist").glob("anan-*.whl")
    pip(
        Path(sys.executable),
        "--python",
        folder / "venv" / "bin" / "python",
        "install",
        "--no-compile",
        "--quiet",
        wheel,
    )
    [packages] = (folder / "venv" / "lib").glob("python*/site-packages")
    return packages


@pytest.fixture
def installed(site_packages: Path, tmp_path: Path) -> Installed:
    return Installed(tmp_path, site_packages.parents[2] / "bin")


def fetch(address: str, body: dict[str, Any] | None = None) -> tuple[str, bytes]:
    request = urllib.request.Request(address)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.headers.get_content_type(), answer.read()


def test_it_serves_answers_speaks_and_keeps_to_its_data_directory(installed: Installed, site_packages: Path) -> None:
    before = listing(site_packages)
    with installed.serving() as address:
        _, health = fetch(f"{address}/healthz")
        assert json.loads(health)["status"] == "ok"
        _, home = fetch(f"{address}/")
        assert "青澜市公安局" in home.decode()
        media_type, script = fetch(f"{address}/widget.js")
        assert (media_type, bool(script)) == ("text/javascript", True)
        for module in re.findall(rb"from\s*[\"']\./([^\"']+)[\"']", script):
            assert fetch(f"{address}/{module.decode()}")[0] == "text/javascript"
        _, reply = fetch(f"{address}/api/v1/ask", {"question": QUESTION})
        answer = json.loads(reply)
        assert ANSWER in answer["text"]
        assert answer["evidence"][0]["report"]["index_number"] == "010203122-GK-2017-00217"
        media_type, sound = fetch(f"{address}/api/v1/speech/{answer['utterances'][0]['key']}")
        assert media_type == "audio/mpeg"
        assert soundfile.info(io.BytesIO(sound)).duration > 1
    asked = installed.run("ask", QUESTION, "--say", installed.data / "answer.mp3")
    assert asked.returncode == 0, asked.stderr
    assert ANSWER in asked.stdout
    assert soundfile.info(installed.data / "answer.mp3").duration > 1
    assert [listing(folder) for folder in installed.watched] == [{}, {}, {}]
    assert listing(site_packages) == before


def test_the_environment_holds_the_package_and_not_the_checkout(installed: Installed, site_packages: Path) -> None:
    python = installed.anan.with_name("python")
    program = "import assistant, assistant.resources as r; print(assistant.__file__, r.web_folder(), r.corpus_folder())"
    done = subprocess.run(
        [python, "-c", program], cwd=installed.cwd, env=installed.environ, capture_output=True, encoding="utf-8"
    )
    places = done.stdout.split()
    assert len(places) == 3, done.stderr
    assert all(Path(place).is_relative_to(site_packages) for place in places)
    packed = {path.name for path in (site_packages / "assistant" / "_corpus" / "reports").iterdir()}
    assert packed == {path.name for path in (ROOT / "corpus" / "reports").iterdir()}
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "assistant").rglob("*.py")}
    assert modules == {str(path.relative_to(site_packages)) for path in (site_packages / "assistant").rglob("*.py")}
