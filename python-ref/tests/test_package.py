"""Choosing the alig package that plays the oracle, and the command line."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

import alig_oracle
from alig_oracle import bridge, devices
from alig_oracle.__main__ import main
from alig_oracle.errors import OracleError

from replaying import replay

SOURCES = Path(alig_oracle.__file__).parents[1]
PROJECTION = "def l2_projection(parameters, max_norm): pass\n"


def test_the_bundled_package_is_described():
    description = json.loads(bridge.configure(None))
    assert description["kind"] == "bundled"
    assert description["torch"] == torch.__version__
    assert description["numpy"] == np.__version__
    assert description["python"] == ".".join(map(str, sys.version_info[:3]))
    assert description["device"] == "cpu"
    assert description["cpu_capability"] == torch.backends.cpu.get_cpu_capability()
    assert description["processor"] == devices.processor()
    assert description["settings"] == devices.settings()


def test_torch_uses_one_thread_unless_told():
    bridge.configure(None, threads=2)
    assert torch.get_num_threads() == 2
    bridge.configure(None)
    assert torch.get_num_threads() == 1


def test_the_package_of_a_folder_is_used_instead(tmp_path: Path):
    _write(tmp_path, th="class AliG: pass\n", projection=PROJECTION)
    assert json.loads(bridge.configure(str(tmp_path)))["kind"] == "package"
    assert bridge._packages[-1].optimizer.__module__ == "alig.th"
    bridge.configure(None)
    assert bridge._packages[-1].optimizer.__module__ == "alig.th.alig"


def test_the_digest_covers_paths_and_bytes(tmp_path: Path):
    _write(tmp_path, th="class AliG: pass\n", projection=PROJECTION)
    expected = hashlib.sha256(
        b"alig/__init__.py\0\0alig/th/__init__.py\0class AliG: pass\n\0"
        b"alig/th/projection.py\0" + PROJECTION.encode() + b"\0"
    ).hexdigest()
    assert json.loads(bridge.configure(str(tmp_path)))["digest"] == expected


def test_the_import_path_is_left_as_it_was(tmp_path: Path):
    _write(tmp_path, th="class AliG: pass\n", projection=PROJECTION)
    before = list(sys.path)
    bridge.configure(str(tmp_path))
    assert sys.path == before


def test_a_folder_without_the_package_is_refused(tmp_path: Path):
    with pytest.raises(OracleError, match=r"there is no alig package in .*: pass the folder that"):
        bridge.configure(str(tmp_path))


def test_the_package_itself_in_place_of_its_folder_is_refused_with_the_remedy(tmp_path: Path):
    _write(tmp_path, th="", projection="")
    with pytest.raises(OracleError, match=f"pass {tmp_path}, the folder that holds alig, instead"):
        bridge.configure(str(tmp_path / "alig"))


@pytest.mark.parametrize(
    ("th", "projection", "why"),
    [
        ("import absent_module\n", PROJECTION, "ModuleNotFoundError: No module named"),
        ("class AliG(:\n", PROJECTION, "SyntaxError"),
        ("raise SystemExit(3)\n", PROJECTION, "SystemExit: 3"),
        ("", PROJECTION, "alig.th has no AliG"),
        ("class AliG: pass\n", "", "alig.th.projection has no l2_projection"),
    ],
)
def test_a_package_that_cannot_be_imported_is_refused(
    tmp_path: Path, th: str, projection: str, why: str
):
    _write(tmp_path, th, projection)
    with pytest.raises(OracleError, match=f"importing alig.th from .* failed: .*{why}"):
        bridge.configure(str(tmp_path))


def test_after_a_refusal_nothing_is_configured(tmp_path: Path):
    bridge.configure(None)
    with pytest.raises(OracleError):
        bridge.configure(str(tmp_path))
    with pytest.raises(OracleError, match=r"no alig package is configured: call configure\(None\)"):
        bridge.run('{"cases": []}', bytearray(), bytearray())


def test_a_spoilt_copy_of_the_package_is_found_out(tmp_path: Path, th_traces: Path):
    for source in [*SOURCES.glob("alig/*.py"), *SOURCES.glob("alig/th/*.py")]:
        copy = tmp_path / source.relative_to(SOURCES)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(source.read_text().replace("alpha=step_size * momentum", "alpha=momentum"))
    bridge.configure(str(tmp_path))
    cases, differences = replay(th_traces)
    assert cases == 400
    assert 50 < len([d for d in differences if not d.is_a_root()]) < 300


def test_the_command_fails_where_it_cannot_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["describe", "--package", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("alig_oracle: there is no alig package in")


def test_as_a_program_it_describes_itself_and_does_without_triton():
    code = (
        "import runpy, sys; sys.argv[1:] = ['describe'];\n"
        "try: runpy.run_module('alig_oracle', run_name='__main__')\n"
        "except SystemExit as end: assert not end.code\n"
        "import torch; torch.optim.SGD([torch.ones(1)], lr=1.0)\n"
        "assert sys.modules['triton'] is None\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=SOURCES,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["kind"] == "bundled"


def _write(folder: Path, th: str, projection: str) -> None:
    (folder / "alig" / "th").mkdir(parents=True)
    (folder / "alig" / "__init__.py").write_text("")
    (folder / "alig" / "th" / "__init__.py").write_text(th)
    (folder / "alig" / "th" / "projection.py").write_text(projection)


def test_an_optimizer_may_come_in_one_file(tmp_path: Path):
    file = tmp_path / "own.py"
    file.write_text("class Optimizer: pass\n")
    description = json.loads(bridge.configure(str(file)))
    assert description["kind"] == "own"
    assert bridge._packages[description["handle"]].optimizer.__name__ == "Optimizer"


def test_a_file_without_an_optimizer_is_refused(tmp_path: Path):
    file = tmp_path / "own.py"
    file.write_text("class Other: pass\n")
    with pytest.raises(OracleError, match="own has no Optimizer"):
        bridge.configure(str(file))


def test_an_earlier_package_is_run_by_its_handle(tmp_path: Path):
    first = json.loads(bridge.configure(None))["handle"]
    _write(tmp_path, th="class AliG: pass\n", projection=PROJECTION)
    bridge.configure(str(tmp_path))
    assert bridge.run(json.dumps({"cases": [], "package": first}), bytearray(), bytearray()) == "[]"
    assert bridge.configured({"package": first}).kind == "bundled"


def test_it_says_whether_the_kernels_fuse():
    assert json.loads(bridge.configure(None))["fused"] in (True, False)
