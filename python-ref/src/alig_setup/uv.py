"""The installer uv: that of the path if it is new enough, or the pinned one, which pip fetches."""

import os
import re
import subprocess
import sys
from pathlib import Path

from . import cache, interpreter
from .failure import SetUpError, say
from .pins import Pins

SILENCE_S = 10

# What uv calls the settings of pip.
SETTINGS = {
    "index-url": "UV_INDEX_URL",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}

# The first that is found in a tool's output says what to do.
REMEDIES = {
    r"No space left|os error (28|112)\b": (
        "free about 7 GB there, or give -Dpython.cache=DIR on another disk"
    ),
    r"Permission denied|os error 13\b": (
        "make it writable, or give another folder as -Dpython.cache=DIR"
    ),
    r"(?i)hash mismatch|do not match the hashes": (
        "the index or a folder of wheels (pip config list) serves another file than the lock names;"
        " use one that serves the files of PyPI"
    ),
    r"Failed to fetch|error sending request|network was disabled|from versions: none": (
        "check the network, the proxy (https_proxy) and the index (pip config list), or give"
        " -Dpython.env=DIR, an environment that has the packages"
    ),
    r"No solution found|No matching distribution|has no (usable )?wheels|doesn't have a": (
        "give another release as -Dtorch.version, another interpreter as -Dpython, or an index that"
        " has the package"
    ),
}


class Uv:
    """uv for a cache folder."""

    def __init__(self, folder: Path, pins: Pins, torch_backend: str):
        """Find uv, or fetch it; the caller holds the lock."""
        self.folder = folder
        python, self.program = sys.executable, "uv"
        pinned = pins.version("uv")
        if _numbers(_answer("uv", "--version")) < _numbers(pinned):
            home = self._fetch(pinned, pins.entries(pins.lock, "uv"))
            python, self.program = str(executable(home)), str(executable(home).with_name("uv"))
        settings = pip_settings(_answer(python, "-m", "pip", "config", "list"))
        # On one disk with the environments, which share its files by hard links.
        settings["UV_CACHE_DIR"] = str(folder / "uv")
        self.variables = {**settings, **os.environ, "UV_PYTHON_DOWNLOADS": "never"}
        self.variables.pop("VIRTUAL_ENV", None)
        if torch_backend:
            self.variables["UV_TORCH_BACKEND"] = torch_backend

    def _fetch(self, version: str, lock: str) -> Path:
        def build(home: Path) -> None:
            try:
                import ensurepip  # noqa: F401
            except ImportError as missing:
                raise SetUpError(
                    f"{sys.executable} cannot make virtual environments: {missing}",
                    f"Debian, Ubuntu: apt install python3-venv; or put uv {version} on the path",
                ) from None
            self._run("making a folder for uv", [sys.executable, "-m", "venv", str(home)])
            (home / "uv.lock").write_text(lock, encoding="utf-8")
            pip = f"{executable(home)} -m pip install --disable-pip-version-check --no-user"
            wanted = ["--require-hashes", "-r", str(home / "uv.lock")]
            self._run(f"fetching uv {version}", [*pip.split(), *wanted])

        name = f"uv-{version}-{cache.digest(interpreter.identity())}"
        return cache.once(self.folder / name, lambda home: executable(home).exists(), build)

    def run(self, doing: str, *arguments: str, jdk: Path | None = None) -> str:
        """Run uv; return what it prints.

        Raises:
            SetUpError: it fails.
        """
        java = {"JAVA_HOME": str(jdk)} if jdk else {}
        return self._run(doing, [self.program, "--color", "never", *arguments], java)

    def _run(self, doing: str, command: list[str], more: dict[str, str] | None = None) -> str:
        say(doing)
        variables = {**getattr(self, "variables", os.environ), **(more or {})}
        log = self.folder / f"set-up-{os.getpid()}.log"
        # In this folder no project's pyproject.toml tells uv what to do.
        with log.open("w", encoding="utf-8") as out:
            child = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                env=variables,
            )
        seconds = 0
        while True:
            try:
                status = child.wait(SILENCE_S)
                break
            except subprocess.TimeoutExpired:
                seconds += SILENCE_S
                last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
                say(f"{doing} ({seconds} s){''.join(f': {line.strip()}' for line in last)}")
        printed = log.read_text(encoding="utf-8", errors="replace")
        if status:
            raise failure(doing, printed, log)
        log.unlink()
        return printed


def failure(doing: str, printed: str, log: Path) -> SetUpError:
    """Return the error to report for a tool that failed."""
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    causes = [line for line in lines if re.match(r"(?i)(error|cause): ", line)]
    said = "; ".join(causes[:3] or lines[-1:] or ["no output"])
    for symptom, remedy in REMEDIES.items():
        if re.search(symptom, printed):
            log.unlink(missing_ok=True)
            return SetUpError(f"{doing} failed: {said}", remedy)
    return SetUpError(f"{doing} failed: {said}", f"the whole output is in {log}")


def executable(home: Path) -> Path:
    """Return where a virtual environment keeps its interpreter."""
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def pip_settings(listed: str) -> dict[str, str]:
    r"""Translate the answer of ``pip config list`` into variables of uv.

    >>> pip_settings("global.index-url='https://a/simple'\n:env:.find-links='/a\\n/b'")
    {'UV_INDEX_URL': 'https://a/simple', 'UV_FIND_LINKS': '/a,/b'}
    """
    pattern = r"(?m)^(global|install|:env:)\.([a-z-]+)='(.*)'$"
    sections = ("global", "install", ":env:")  # the last wins
    settings = {}
    for _, name, value in sorted(
        re.findall(pattern, listed), key=lambda found: sections.index(found[0])
    ):
        if name in SETTINGS:
            # pip separates values by spaces and lines. Of uv's lists only this one wants commas.
            separator = "," if name == "find-links" else " "
            settings[SETTINGS[name]] = separator.join(value.replace("\\n", " ").split())
    return settings


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)[:3]]


def _answer(*command: str) -> str:
    try:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return ""
