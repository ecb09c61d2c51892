"""What may go wrong in a step besides arithmetic. Each function takes the optimizer."""

import ctypes
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from alig_oracle import bridge, memory


def segfault(_optimizer: Any) -> None:
    """Read from address 0, as a wild pointer of a native library does."""
    ctypes.string_at(0)


def kill(_optimizer: Any) -> None:
    """Be killed, as by the system when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_once(optimizer: Any) -> None:
    """Be killed, but by the first process with this package only."""
    with suppress(FileExistsError):
        (Path(__file__).parents[2] / "killed").touch(exist_ok=False)
        kill(optimizer)


def leave(_optimizer: Any) -> None:
    """End the process as if all were well."""
    os._exit(0)


def call_exit(_optimizer: Any) -> None:
    """Ask Python to end the process."""
    sys.exit(3)


def hang(_optimizer: Any) -> None:
    """Never return."""
    while True:
        time.sleep(60)


def throw(_optimizer: Any) -> None:
    """Raise an exception that the optimizer has no reason for."""
    raise RuntimeError("a planted fault")


def exhaust_python(_optimizer: Any) -> None:
    """Ask for more memory than there is."""
    bytearray(1 << 62)


def exhaust_java(_optimizer: Any) -> None:
    """Fill the heap of the JVM that this interpreter lives in."""
    from jep import JLONG_ID, jarray

    hoard = []
    while True:
        hoard.append(jarray(1 << 27, JLONG_ID))


def add_step_size(optimizer: Any) -> None:
    """Report a step size of a group that does not exist."""
    optimizer.param_groups.append({"step_size": 1.0})


def drop_step_size(optimizer: Any) -> None:
    """Report no step size for the last group."""
    optimizer.param_groups.pop()


def answer_no_json(_optimizer: Any) -> None:
    """Answer a text that is no JSON."""
    _answer_once(lambda _: "Bus error")


def answer_nothing(_optimizer: Any) -> None:
    """Answer None."""
    _answer_once(lambda _: None)


def answer_too_few(_optimizer: Any) -> None:
    """Leave out the answer to the last case of a batch."""
    _answer_once(lambda replies: json.dumps(replies[:-1]))


def leave_out_a_step(_optimizer: Any) -> None:
    """Leave out the step sizes of every step, as if none had been taken."""
    _answer_once(lambda replies: json.dumps([{**reply, "steps": []} for reply in replies]))


def write_nothing(_optimizer: Any) -> None:
    """Leave the outputs of this step as they were."""
    _save_once(lambda _tensors, target: target.take((0,)))


def write_too_much(_optimizer: Any) -> None:
    """Write one number more than there is."""
    sound = memory.save

    def save(tensors: Any, target: Any) -> None:
        sound(tensors, target)
        target.take((1,))[0] = 1

    _save_once(save)


def make_noise(_optimizer: Any) -> None:
    """Print much that is no text, and close the standard streams."""
    for stream in (1, 2):
        os.write(stream, b"\xff\xfe\x00\x1b[2J" * 10_000 + b"\nverdict: conforms\n")
    print("a line", flush=True)
    sys.stdout.close()
    sys.stderr.close()
    os.close(1)
    os.close(2)


def _answer_once(answer: Callable[[Any], Any]) -> None:
    def dumps(replies: Any) -> Any:
        bridge.json = json
        return answer(replies)

    bridge.json = SimpleNamespace(loads=json.loads, dumps=dumps)


def _save_once(save: Callable[[Any, Any], None]) -> None:
    sound = memory.save

    def once(tensors: Any, target: Any) -> None:
        memory.save = sound
        save(tensors, target)

    memory.save = once


FAULTS: dict[str, Callable[[Any], None]] = {
    function.__name__: function
    for function in (
        segfault,
        kill,
        kill_once,
        leave,
        call_exit,
        hang,
        throw,
        exhaust_python,
        exhaust_java,
        add_step_size,
        drop_step_size,
        answer_no_json,
        answer_nothing,
        answer_too_few,
        leave_out_a_step,
        write_nothing,
        write_too_much,
        make_noise,
    )
}
