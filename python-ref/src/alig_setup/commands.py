"""The commands: prepare, describe, find, remove, releases."""

import argparse
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from . import cache, interpreter
from .failure import SetUpError, say
from .pins import Pins
from .uv import Uv, executable


def run(arguments: list[str]) -> int:
    """Run a command; print facts or what is wrong; return the exit status."""
    parser = argparse.ArgumentParser(prog="alig_setup", description=__doc__)
    names = ("prepare", "describe", "find", "remove", "releases", "tensorflow")
    parser.add_argument("command", choices=names)
    parser.add_argument("--cache", type=Path, default=Path("~/.cache/alig-jvm/python"))
    parser.add_argument("--jdk", type=Path, default=Path(os.environ.get("JAVA_HOME", "")))
    parser.add_argument("--torch", default="", help="another release than the pinned one")
    parser.add_argument("--torch-backend", default=os.environ.get("UV_TORCH_BACKEND", ""))
    parser.add_argument("--pins", type=Path, default=Path(__file__).parents[1])
    given = parser.parse_args(arguments)
    try:
        if given.command == "describe":
            facts = interpreter.describe()
        else:
            pins = Pins.read(given.pins)
            torch = given.torch or pins.version("torch")
            folder = given.cache.expanduser().absolute()
            environment = Environment(folder, given.jdk, pins, torch, given.torch_backend)
            if given.command == "tensorflow":
                facts = environment.tensorflow(Pins.find(given.pins, "tensorflow.lock"))
            else:
                facts = getattr(environment, given.command)()
    except SetUpError as error:
        facts = {"what": error.what, "remedy": error.remedy}
    except OSError as error:
        remedy = "check its rights and its disk, or give another as -Dpython.cache=DIR"
        facts = {"what": f"{given.cache} cannot be used: {error}", "remedy": remedy}
    for name, value in facts.items():
        print(f"{name}={value}")
    return 1 if "what" in facts else 0


@dataclass(frozen=True)
class Environment:
    """The environment for this interpreter, a JDK, and a release of torch."""

    cache: Path
    jdk: Path
    pins: Pins
    torch: str
    torch_backend: str

    @property
    def pinned(self) -> bool:
        """Whether the lock is that of the project; otherwise uv makes one."""
        return self.torch == self.pins.version("torch") and not self.torch_backend

    @property
    def requirements(self) -> str:
        """The text of requirements.txt for this torch."""
        return self.pins.with_torch(self.torch)

    @property
    def home(self) -> Path:
        """The folder of the environment, which is there or not."""
        packages = self.pins.lock if self.pinned else self.requirements + self.torch_backend
        key = cache.digest(interpreter.identity(), self._jdk_identity, packages)
        return self.cache / f"torch-{self.torch}-{key}"

    @property
    def _jdk_identity(self) -> str:
        release = self.jdk / "release"
        version = release.read_text(encoding="utf-8") if release.is_file() else ""
        return f"{self.jdk.resolve()} {version}"

    def find(self) -> dict[str, str]:
        """Return the environment's folder if it need not be built."""
        return {"home": str(self.home)} if executable(self.home).exists() else {}

    def prepare(self) -> dict[str, str]:
        """Return facts about the environment, which is built first if need be."""
        if not self.find():
            interpreter.require_build_tools(self.jdk)
            with cache.lock(self.cache):
                if not self.find():
                    uv = Uv(self.cache, self.pins, self.torch_backend)
                    cache.once(self.home, lambda _: False, lambda home: self._build(uv, home))
        command = [executable(self.home), "-s", "-B", "-m", __package__, "describe"]
        variables = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        answer = subprocess.run(
            command, env=variables, capture_output=True, text=True, check=False
        ).stdout
        return dict(line.split("=", 1) for line in answer.splitlines())

    def tensorflow(self, lock: str) -> dict[str, str]:
        """Return the folder of an environment with TensorFlow, which is built first if need be.

        TensorFlow and torch cannot share a process, so it has an environment of its own.
        """
        home = self.cache / f"tensorflow-{cache.digest(interpreter.identity(), lock)}"

        def build(draft: Path) -> None:
            uv = Uv(self.cache, self.pins, self.torch_backend)
            self._make(uv, draft)
            self._install(uv, draft, "TensorFlow", _write(draft / "tensorflow.lock", lock))

        if not executable(home).exists():
            with cache.lock(self.cache):
                cache.once(home, lambda made: executable(made).exists(), build)
        return {"home": str(home)}

    def _make(self, uv: Uv, home: Path) -> None:
        version = ".".join(str(part) for part in sys.version_info[:3])
        making = f"making an environment for Python {version}"
        uv.run(making, "venv", "--relocatable", "--python", sys.executable, str(home))

    def _install(self, uv: Uv, home: Path, what: str, lock: str) -> None:
        # Compiled now, since processes that write no bytecode would compile them at each start.
        options = ["--no-deps", "--require-hashes", "--compile-bytecode", "-r", lock]
        uv.run(f"installing {what}", "pip", "install", "--python", str(home), *options)

    def _build(self, uv: Uv, home: Path) -> None:
        if "UV_CACHE_DIR" not in os.environ:
            # Waits for a uv whose build was killed, and removes what it left unfinished.
            uv.run("tidying uv's cache", "cache", "prune")
        self._make(uv, home)
        lock = self.pins.lock if self.pinned else self._resolve(uv, home)
        _write(home / "requirements.lock", lock)
        packages = _write(home / "packages.lock", Pins.entries(lock, "jep", others=True))
        jep = _write(home / "jep.lock", Pins.entries(lock, "jep"))
        self._install(uv, home, f"torch {self.torch} and the other packages", packages)
        # Not isolated, it is compiled against the numpy that it will meet. The setting, which Jep
        # does not read, makes uv keep one for each numpy and JDK.
        numpy = Pins.entries(lock, "numpy").partition("\n")[0]
        own = f"built-for={cache.digest(interpreter.identity(), self._jdk_identity, numpy)}"
        building = ["--no-build-isolation", "--config-setting", own, "-r", jep]
        install = ["pip", "install", "--python", str(home), "--no-deps", "--require-hashes"]
        uv.run(f"compiling Jep for {self.jdk}", *install, *building, jdk=self.jdk)

    def _resolve(self, uv: Uv, home: Path) -> str:
        wanted = _write(home / "requirements.txt", self.requirements)
        lock = home / "requirements.lock"
        options = ["--generate-hashes", "--no-header", "--no-annotate", "--python", str(home)]
        uv.run(
            f"resolving the packages for torch {self.torch}",
            "pip",
            "compile",
            wanted,
            *options,
            "-o",
            str(lock),
        )
        return lock.read_text(encoding="utf-8")

    def remove(self) -> dict[str, str]:
        """Remove the environment, and what uv keeps for it alone."""
        with cache.lock(self.cache):
            say(f"removing {self.home}")
            shutil.rmtree(self.home, ignore_errors=True)
            # A cache that the user has chosen serves others as well.
            if "UV_CACHE_DIR" not in os.environ:
                cache.remove_unlinked(self.cache / "uv")
        return self.find()

    def releases(self) -> dict[str, str]:
        """Return the releases of torch that the index has; uv does not list them, but pip does."""
        with cache.lock(self.cache):
            uv = Uv(self.cache, self.pins, "")
            pip = ["tool", "run", "--python", sys.executable, "pip", "index", "versions", "torch"]
            printed = uv.run("asking the index for the releases of torch", *pip)
        listed = re.search(r"Available versions: (.*)", printed)
        found = re.findall(r"([^,\s+]+)(?:\+[^,\s]*)?", listed[1] if listed else "")
        return {"releases": " ".join(dict.fromkeys(found))}


def _write(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    return str(file)
