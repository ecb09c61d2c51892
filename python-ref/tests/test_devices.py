"""Where torch computes; a machine without a GPU can ask all but whether one computes right."""

import platform
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from alig_oracle import bridge, devices, memory
from alig_oracle.__main__ import main
from alig_oracle.cursor import Bytes
from alig_oracle.errors import OracleError
from alig_oracle.package import Package
from alig_oracle.scripted import ScriptedRun

# torch's device for tensors without numbers: like a GPU, it is not the CPU.
META = "meta"


def test_an_unknown_device_is_refused():
    with pytest.raises(OracleError, match="device must be cpu or cuda, was 'tpu'"):
        bridge.configure(None, device="tpu")


def test_without_a_gpu_one_message_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(torch.version, "cuda", "13.2")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert main(["describe", "--device", "cuda"]) == 2
    assert capsys.readouterr() == ("", "alig_oracle: not run: no CUDA device\n")


def test_a_torch_without_cuda_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(torch.version, "cuda", None)
    with pytest.raises(OracleError, match=r"not run: torch .* is built without CUDA"):
        bridge.configure(None, device="cuda")


def test_a_card_that_torch_has_no_code_for_is_named(monkeypatch: pytest.MonkeyPatch):
    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("CUDA error: no kernel image is available\nCompile with …")

    monkeypatch.setattr(torch.version, "cuda", "13.2")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "GeForce GT 710")
    monkeypatch.setattr(devices.torch, "ones", fails)
    with pytest.raises(OracleError, match="GeForce GT 710: CUDA error: no kernel image is avail"):
        bridge.configure(None, device="cuda")


def test_the_cpu_is_the_device_unless_told():
    bridge.configure(None)
    assert bridge.device() == "cpu"
    assert devices.prepare("cpu") == "cpu"


@pytest.mark.parametrize("way", [memory.borrowed, memory.owned])
def test_tensors_lie_on_the_device(way: Any):
    values = np.ones(3, "float32")
    assert way(values).device.type == "cpu"
    assert way(values, META).device.type == META


def test_all_tensors_of_a_case_lie_on_the_device_of_its_package(monkeypatch: pytest.MonkeyPatch):
    seen: list[str] = []

    def step(optimizer: Any, closure: Any) -> None:
        tensors = [closure(), *optimizer.p, *(p.grad for p in optimizer.p)]
        seen.extend(t.device.type for t in tensors)

    def construct(groups: Any, **_: Any) -> Any:
        return Optimizer(groups)

    class Optimizer(SimpleNamespace):
        def __init__(self, groups: Any) -> None:
            self.p = groups[0]["params"]
            super().__init__(step_size=0, step_size_unclipped=0, param_groups=[], state={})

        def step(self, closure: Any) -> None:
            step(self, closure)

    monkeypatch.setattr(memory, "save", lambda tensors, target: None)
    # Tensors of this device have no numbers to compare.
    monkeypatch.setattr(torch, "equal", lambda a, b: True)
    package = Package(Path(), None, construct, None, META)
    case: Any = {
        "dtype": "float32", "eps": 0.1, "adjusted": False, "radius": None, "resumed": False,
        "groups": [{"max_lr": None, "momentum": 0, "shapes": [[2], [3]]}], "in": 0, "out": 0,
        "steps": [{"loss": 1.0, "kind": "tensor", "present": [[True, True]]}],
    }  # fmt: skip
    numbers: Bytes = np.zeros(40, np.uint8)
    assert ScriptedRun(package, case, numbers, numbers).reply()["raised"] is None
    assert seen == [META] * 5


def test_one_dnn_is_a_setting():
    enabled = torch.backends.mkldnn.enabled
    try:
        assert '"onednn": false' in bridge.configure(None, onednn=False)
        assert not torch.backends.mkldnn.enabled
        if torch.backends.mkldnn.is_available():
            assert '"onednn": true' in bridge.configure(None)
            assert torch.backends.mkldnn.enabled
    finally:
        torch.backends.mkldnn.set_flags(enabled)


def test_threads_are_among_the_facts():
    assert '"threads": 2' in bridge.configure(None, threads=2)
    assert '"threads": 1' in bridge.configure(None)


def test_the_settings_that_are_set_are_among_the_facts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ONEDNN_MAX_CPU_ISA", raising=False)
    monkeypatch.setenv("ATEN_CPU_CAPABILITY", "avx2")
    monkeypatch.setenv("MKL_CBWR", "AVX2")
    assert devices.settings() == "ATEN_CPU_CAPABILITY=avx2 MKL_CBWR=AVX2"


def test_the_processor_is_described_where_the_system_tells_of_it():
    described = devices.processor()
    assert described.startswith(platform.machine())
    if Path("/proc/cpuinfo").exists() and platform.machine() == "x86_64":
        assert described.partition(", ")[2] in Path("/proc/cpuinfo").read_text()


def test_vector_functions_are_called_on_one_thread_and_threads_are_left(
    monkeypatch: pytest.MonkeyPatch,
):
    seen: list[int] = []
    sound = torch.sqrt
    monkeypatch.setattr(torch, "sqrt", lambda x: seen.append(torch.get_num_threads()) or sound(x))
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        devices.wake.__wrapped__()
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(threads)
    assert seen == [1, 1]
