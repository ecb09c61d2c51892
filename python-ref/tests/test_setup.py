"""The set-up of the environment, with the real uv and packages that are empty."""

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from alig_setup import cache, interpreter, uv
from alig_setup.failure import SetUpError
from alig_setup.pins import Pins

SOURCES = Path(__file__).parents[1] / "src"
TINY = {"torch": "2.15.0", "numpy": "2.4.6", "jep": "4.3.1"}
UV = "uv==0.0.1\n"  # any that is on the path is newer

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are ended as POSIX has it")


def test_the_lock_pins_what_the_requirements_pin():
    pins = Pins.read(SOURCES)
    wanted = [line for line in pins.requirements.splitlines() if line and line[0] != "#"]
    for line in wanted:
        pin = line.replace("_", "-")
        assert Pins.entries(pins.lock, pin.split("==")[0]).startswith(f"{pin} "), line
    assert pins.lock.count("-r requirements.txt\n") == len(wanted), "a pin is gone: make it anew"


def test_the_lock_of_tensorflow_pins_what_its_requirements_pin():
    folder = SOURCES.parent
    wanted = (folder / "tensorflow.txt").read_text(encoding="utf-8").splitlines()
    lock = (folder / "tensorflow.lock").read_text(encoding="utf-8")
    pins = [re.split(r"[ ;]", line)[0] for line in wanted if line and line[0] != "#"]
    assert len(pins) == 3
    for pin in pins:
        assert f"\n{pin} " in lock, pin


@pytest.mark.parametrize(("torch", "numpy"), [("2.2.2", "numpy<2\n"), ("2.3.0", "numpy==2.4.6\n")])
def test_an_old_torch_gets_an_old_numpy(torch, numpy):
    changed = Pins("torch==2.15.0\nnumpy==2.4.6\n", "").with_torch(torch)
    assert changed == f"torch=={torch}\n{numpy}"


def test_a_release_that_is_no_version_is_named():
    with pytest.raises(SetUpError, match="'latest'.*\n.*-Dtorch.version=2.15.0"):
        Pins("", "").with_torch("latest")


@pytest.mark.parametrize(
    ("printed", "remedy"),
    [
        ("error: x\n cause: failed to write: No space left on device (os error 28)", "free about"),
        ("error: Failed to fetch: https://a/simple/torch/", "check the network"),
        ("error: no\n  cause: Hash mismatch for `jep==4.3.1`", "another file than the lock"),
        ("error: No solution found when resolving dependencies", "another release"),
        ("error: failed to create directory: Permission denied (os error 13)", "writable"),
        ("ERROR: Could not find a version that satisfies uv (from versions: none)", "the network"),
        ("error: something else", "the whole output is in"),
    ],
)
def test_a_failure_says_in_one_line_what_to_do(printed, remedy, tmp_path):
    error = uv.failure("installing", printed, tmp_path / "log")
    assert remedy in error.remedy
    assert error.what.startswith("installing failed: ")
    assert "\n" not in error.what


def test_what_pip_is_told_by_variables_wins_over_its_files():
    listed = ":env:.index-url='https://env'\nglobal.index-url='https://file'"
    assert uv.pip_settings(listed) == {"UV_INDEX_URL": "https://env"}


def test_a_compiler_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("CC", "no-such-compiler -O2")
    with pytest.raises(SetUpError, match="no-such-compiler -O2.*\n.*apt install gcc"):
        interpreter.require_build_tools(tmp_path)


def test_a_folder_without_headers_is_no_jdk(monkeypatch, tmp_path):
    monkeypatch.setenv("CC", sys.executable)
    with pytest.raises(SetUpError, match="not a JDK: .* lacks include/jni.h"):
        interpreter.require_build_tools(tmp_path)


def test_missing_headers_of_python_are_named(monkeypatch, tmp_path):
    monkeypatch.setenv("CC", sys.executable)
    monkeypatch.setattr(interpreter.sysconfig, "get_path", lambda _: str(tmp_path))
    with pytest.raises(SetUpError, match=r"Python.h .*\n.*python3-dev"):
        interpreter.require_build_tools(tmp_path)


def test_an_interpreter_without_a_shared_library_is_refused(monkeypatch):
    monkeypatch.setattr(interpreter.sysconfig, "get_config_vars", dict)
    with pytest.raises(SetUpError, match=r"libpython.*\n.*python3-dev"):
        interpreter.libpython()


def test_what_no_environment_links_to_is_removed(tmp_path):
    used, unused = tmp_path / "archive-v0" / "used", tmp_path / "archive-v0" / "unused"
    for folder in (used, unused):
        folder.mkdir(parents=True)
        (folder / "file").touch()
    os.link(used / "file", tmp_path / "link")
    cache.remove_unlinked(tmp_path)
    assert used.exists()
    assert not unused.exists()


class TinyWorld:
    """A cache folder, and an index that has packages of the right names with nothing in them."""

    def __init__(self, folder: Path):
        self.cache = folder / "cache"
        self.index = folder / "index"
        self.jdk = folder / "jdk"
        self.pins = folder / "pins"
        for made in (self.index, self.jdk / "include", self.jdk / "bin", self.pins):
            made.mkdir(parents=True)
        (self.jdk / "include" / "jni.h").touch()
        (self.jdk / "bin" / "javac").touch()
        hashes = {name: self.wheel(name, version) for name, version in TINY.items()}
        self.lock(hashes)
        self.wheel("uv", "0.0.1")
        lines = "".join(f"{name}=={version}\n" for name, version in TINY.items())
        (self.pins / "requirements.txt").write_text(lines + UV)

    def lock(self, hashes: dict[str, str]) -> None:
        entries = (f"{name}=={TINY[name]} \\\n    --hash=sha256:{h}" for name, h in hashes.items())
        (self.pins / "requirements.lock").write_text("\n".join(entries) + "\n")

    def wheel(self, name: str, version: str) -> str:
        info = f"{name}-{version}.dist-info"
        files = {
            f"{name}/{'libjep.so' if name == 'jep' else 'empty.py'}": "",
            f"{name}/__init__.py": "",
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(f"{file},,\n" for file in files) + f"{info}/RECORD,,\n"
        file = self.index / f"{name}-{version}-py3-none-any.whl"
        with zipfile.ZipFile(file, "w") as wheel:
            for path, text in {**files, f"{info}/RECORD": record}.items():
                wheel.writestr(path, text)
        return hashlib.sha256(file.read_bytes()).hexdigest()

    def start(self, command: str = "prepare", **more: str) -> subprocess.Popen[str]:
        tools = Path(sys.executable).parent  # of the build's environment, which has uv
        variables = {
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(SOURCES),
            "UV_FIND_LINKS": str(self.index),
            "UV_OFFLINE": "1",
            **more,
        }
        variables.pop("UV_CACHE_DIR", None)
        base = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info[1]}"
        options = ["--cache", self.cache, "--jdk", self.jdk, "--pins", self.pins]
        options += ["--torch", more.pop("torch", "")]
        return subprocess.Popen(
            [base, "-s", "-B", "-m", "alig_setup", command, *options],
            env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def run(self, command: str = "prepare", **more: str) -> tuple[dict[str, str], list[str]]:
        """Return the facts, and the lines of progress."""
        lines = self.start(command, **more).communicate(timeout=60)[0].splitlines()
        said = [line for line in lines if line.startswith("python: ")]
        return dict(line.split("=", 1) for line in lines if line not in said), said


@pytest.fixture
def world(tmp_path):
    return TinyWorld(tmp_path)


def test_an_environment_is_built_once(world):
    first, said = world.run()
    assert {name: first[name] for name in TINY} == TINY
    for name in ("home", "libpython", "jep.library"):
        assert Path(first[name]).exists(), name
    assert any("compiling Jep" in line for line in said)
    assert world.run() == (first, [])
    assert world.run("find")[0]["home"] == first["home"]


def test_tensorflow_has_an_environment_of_its_own(world):
    digest = world.wheel("tensorflow", "2.21.0")
    entry = f"tensorflow==2.21.0 \\\n    --hash=sha256:{digest}\n"
    (world.pins / "tensorflow.lock").write_text(entry)
    first, said = world.run("tensorflow")
    assert list(Path(first["home"]).glob("lib/python3*/site-packages/tensorflow/empty.py"))
    assert not list(Path(first["home"]).glob("lib/python3*/site-packages/torch"))
    assert any("installing TensorFlow" in line for line in said)
    assert world.run("tensorflow") == (first, [])


def test_another_lock_gives_another_environment(world):
    first, _ = world.run()
    lock = world.pins / "requirements.lock"
    lock.write_text("# changed\n" + lock.read_text())
    second, _ = world.run()
    assert second["home"] != first["home"]
    assert Path(first["home"]).exists()


def test_another_release_leaves_its_lock_in_its_environment(world):
    world.wheel("torch", "2.14.1")
    facts, _ = world.run(torch="2.14.1")
    assert facts["torch"] == "2.14.1"
    assert "torch==2.14.1 \\" in (Path(facts["home"]) / "requirements.lock").read_text()
    assert world.run("find", torch="2.14.1")[0]["home"] == facts["home"]
    assert "home" not in world.run("remove", torch="2.14.1")[0]
    assert not Path(facts["home"]).exists()


def test_a_file_that_the_lock_does_not_name_is_refused(world):
    world.lock(dict.fromkeys(TINY, "0" * 64))
    facts, _ = world.run()
    assert "another file than the lock" in facts["remedy"]
    assert not list(world.cache.glob("torch-*"))


def test_an_index_that_does_not_answer_is_named(world):
    nowhere = {"UV_OFFLINE": "0", "UV_INDEX_URL": "http://127.0.0.1:1/simple"}
    facts, _ = world.run(UV_FIND_LINKS="", UV_HTTP_RETRIES="0", **nowhere)
    assert "127.0.0.1:1" in facts["what"]
    assert "check the network" in facts["remedy"]


def test_a_cache_that_is_a_file_is_named(world):
    world.cache.touch()
    facts, _ = world.run()
    assert str(world.cache) in facts["what"]
    assert "-Dpython.cache" in facts["remedy"]


def test_of_two_builds_one_waits_and_says_so(world):
    with cache.lock(world.cache):
        waiting = world.start()
        assert waiting.stdout is not None
        assert "python=" in waiting.stdout.readline()
        assert f"waiting for process {os.getpid()}, " in waiting.stdout.readline()
    assert "home=" in waiting.communicate(timeout=60)[0]


@pytest.fixture
def takes_interrupts():
    """Start children that SIGINT ends. A build in the background ignores it, and so do they."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("takes_interrupts")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_set_up_begins_again(world, how):
    stage = f"#!/bin/sh\ncase $* in *--version*) echo uv 9;; *install*) sleep 600;; {'*) exec'}"
    tools = world.pins / "tools"
    tools.mkdir()
    real = Path(sys.executable).with_name("uv")
    (tools / "uv").write_text(f'{stage} {real} "$@";; esac\n')
    (tools / "uv").chmod(0o755)
    child = world.start(PATH=f"{tools}{os.pathsep}{os.environ['PATH']}")
    while not list(world.cache.glob("*.new-*/packages.lock")):
        assert child.poll() is None
        time.sleep(0.05)
    child.send_signal(how)
    child.communicate(timeout=120)
    facts, said = world.run()
    assert Path(facts["home"]).exists()
    assert any("removing an unfinished" in line for line in said) == (how == signal.SIGKILL)
    assert not list(world.cache.glob("*.new-*"))


def test_an_interpreter_outside_of_environments_is_no_environment(world):
    assert "not in a virtual environment" in world.run("describe")[0]["what"]
