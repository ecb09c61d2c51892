"""What a Java caller sees: functions that take and return JSON.

The tensors travel beside it, in two byte buffers that are shared without copying.
:mod:`alig_oracle.request` describes the request and the layout of the buffers.
"""

import json
import platform
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import torch

from . import devices, package, probes
from .caller import random_numbers
from .cursor import Bytes
from .devices import CPU
from .errors import OracleError
from .request import Reply, Request
from .scripted import ScriptedRun

# Each package that was configured; a request names one by its place, or means the last one.
_packages: list[package.Package] = []
_last: package.Package | None = None
_bundled: package.Package | None = None


def configure(
    package_dir: str | None = None, threads: int = 1, device: str = CPU, onednn: bool = True
) -> str:
    """Choose the ``alig`` package that :func:`run` runs, and describe the environment.

    Args:
        package_dir: the folder that holds an ``alig`` package, or a Python file with an
            optimizer (see :func:`alig_oracle.package.load`), or None for the bundled package.
        threads: how many threads torch may use within an operation on the CPU.
        device: ``cpu`` or ``cuda``, where the tensors of cases are to lie.
        onednn: whether convolutions and LSTMs may use oneDNN on the CPU.

    Returns:
        A JSON object: ``handle``, which names the package in requests, ``kind``, ``digest``,
        ``torch``, ``numpy``, ``python``, ``device``, ``threads``, ``onednn``,
        ``cpu_capability``, ``processor``, ``settings``, and ``fused``: whether torch's kernels
        fuse a product with the sum that follows.

    Raises:
        OracleError: there is no ``alig`` package in the folder, importing it fails, or torch
            has no such device.
    """
    global _last
    _last = None
    name = devices.prepare(device)
    chosen = replace(package.load(package_dir), device=device)
    devices.wake()
    torch.set_num_threads(threads)
    torch.backends.mkldnn.set_flags(onednn)
    # The authors' package calls add_(number, tensor), which torch deprecates.
    warnings.filterwarnings("ignore", message=r"\s*This overload of \w+ is deprecated")
    _last = chosen
    _packages.append(chosen)
    description = {
        "handle": len(_packages) - 1,
        "kind": chosen.kind,
        "digest": chosen.digest(),
        "torch": torch.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
        "device": name,
        "threads": torch.get_num_threads(),
        "onednn": torch.backends.mkldnn.is_available() and onednn,
        "cpu_capability": torch.backends.cpu.get_cpu_capability(),
        "processor": devices.processor(),
        "settings": devices.settings(),
        "fused": _is_fused(device),
    }
    return json.dumps(description)


def baseline(name: str) -> str:
    """Make an optimizer of the paper's tables available to requests.

    Args:
        name: one of :data:`alig_oracle.baselines.KINDS`.

    Returns:
        A JSON object: ``handle``, which names the optimizer in requests.

    Raises:
        OracleError: there is no optimizer of that name.
    """
    with package.bundled():
        from . import baselines
    chosen = replace(_bundled_package(), optimizer=baselines.optimizer(name), device=device())
    _packages.append(chosen)
    return json.dumps({"handle": len(_packages) - 1})


def device() -> str:
    """Return the device of the package that was configured last, the CPU before that."""
    return CPU if _last is None else _last.device


def _is_fused(device: str) -> bool:
    """Whether p + x*y keeps the digits that rounding x*y first would lose."""
    x = torch.full((64,), 1 + 2.0**-12, device=device)
    rounded_square = 1 + 2.0**-11
    rest = torch.full_like(x, -rounded_square).add_(x, alpha=1 + 2.0**-12)
    return bool((rest != 0).all())


def configured(request: Any) -> package.Package:
    """Return the package that a request names, or the last that was configured."""
    chosen = _packages[request["package"]] if "package" in request else _last
    if chosen is None:
        raise OracleError("no alig package is configured: call configure(None) first")
    return chosen


def run(request: str, inputs: Any, outputs: Any) -> str:
    """Run a batch of cases on the configured package.

    Args:
        request: JSON, a :class:`~alig_oracle.request.Request`.
        inputs: a buffer with the tensors to read; gradients are views of it.
        outputs: a writable buffer for the parameters and buffers after each step.

    Returns:
        A JSON list, one :class:`~alig_oracle.request.Reply` per case, in order. What the
        package raises in a case is reported there and does not end the batch.

    Raises:
        OracleError: nothing is configured, a case lacks something or reaches beyond a
            buffer, the package keeps no momentum buffer, calls ``sys.exit``, or runs out
            of memory; the message names the case.
    """
    parsed: Request = json.loads(request)
    chosen = _defective(parsed["defect"]) if "defect" in parsed else configured(parsed)
    source, target = share(inputs), share(outputs)
    replies: list[Reply] = []
    with random_numbers(replies):
        for number, case in enumerate(parsed["cases"]):
            with _named(number):
                replies.append(ScriptedRun(chosen, case, source, target).reply())
    return json.dumps(replies)


@contextmanager
def _named(number: int) -> Iterator[None]:
    """Name the case in whatever ends its batch."""
    try:
        yield
    except KeyError as lacking:
        raise OracleError(f"case {number} of the request lacks {lacking}") from lacking
    except OracleError as cause:
        raise OracleError(f"case {number} of the request: {cause}") from cause
    except MemoryError as cause:
        raise OracleError(
            f"case {number} of the request: Python ran out of memory: {cause}"
        ) from cause
    except (SystemExit, KeyboardInterrupt) as cause:
        # Not for the interpreter to see: it would end the process, or swallow it.
        raise OracleError(
            f"case {number} of the request: the package raised {cause!r} to end the process"
        ) from cause


def probe(request: str) -> str:
    """Ask a package a question of :mod:`alig_oracle.probes`.

    Args:
        request: JSON, ``name`` of the probe, and ``bundled``: true for the bundled package,
            false for the configured one, which ``package`` may name.

    Returns:
        The facts found, as JSON.

    Raises:
        OracleError: nothing is configured, or there is no such probe.
    """
    parsed = json.loads(request)
    asked = _bundled_package() if parsed["bundled"] else configured(parsed)
    return json.dumps(probes.ask(parsed["name"], asked))


def defects() -> str:
    """Describe the defective optimizers that a request may name.

    Returns:
        A JSON list of objects with ``name`` and ``description``, the sound one first.
    """
    return json.dumps(
        [{"name": name, "description": d.description} for name, d in _catalogue().items()]
    )


def _defective(name: str) -> package.Package:
    if name not in _catalogue():
        raise OracleError(f"there is no defective optimizer {name!r}; there are {[*_catalogue()]}")
    chosen = _catalogue()[name]
    return replace(
        _bundled_package(),
        optimizer=chosen.optimizer,
        l2_projection=chosen.projection,
        device=device(),
    )


def _bundled_package() -> package.Package:
    global _bundled
    _bundled = _bundled or package.load_beside(None)
    return _bundled


@cache
def _catalogue() -> dict[str, Any]:
    with package.bundled():
        from . import defects as catalogue
    return {defect.name: defect for defect in [catalogue.SOUND, *catalogue.ALL]}


def share(buffer: Any) -> Bytes:
    """Return the bytes of ``buffer`` as an array on the same memory."""
    return np.frombuffer(buffer, dtype=np.uint8)
