"""The echo, driven as Java drives it but with bytearrays."""

import json
from typing import Any

import numpy as np
import pytest

from alig_oracle import echo
from alig_oracle.errors import OracleError

SPECIAL = {
    "float16": [0x7C01, 0xFE01, 0x7FFF, 0x0001, 0x8000, 0xFC00],
    "bfloat16": [0x7F81, 0xFFC1, 0x7FFF, 0x0001, 0x8000, 0xFF80],
    "float32": [0x7F800001, 0xFFC00001, 0x7FFFFFFF, 0x00000001, 0x80000000, 0xFF800000],
    "float64": [0x7FF0000000000001, 0xFFF8000000000001, 2**63 - 1, 1, 2**63, 0xFFF << 52],
}


def _bytes(dtype: str, patterns: list[int]) -> bytes:
    width = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8}[dtype]
    return np.array(patterns, f"u{width}").tobytes()


def _array(dtype: str, shape: list[int], strides: list[int], **changes: Any) -> dict[str, Any]:
    array = {"dtype": dtype, "shape": shape, "strides": strides, "offset": 0, "out": 0}
    return {**array, "way": "owned", **changes}


def _run(arrays: list[dict[str, Any]], inputs: bytes, size: int) -> tuple[Any, bytes]:
    outputs = bytearray(size)
    answer = echo.run(json.dumps({"arrays": arrays}), bytearray(inputs), outputs)
    return json.loads(answer), bytes(outputs)


@pytest.mark.parametrize("way", ["borrowed", "owned", "load"])
@pytest.mark.parametrize("dtype", SPECIAL)
def test_special_bits_come_back(dtype: str, way: str):
    inputs = _bytes(dtype, SPECIAL[dtype])
    width = len(inputs) // 6
    (answer,), written = _run([_array(dtype, [6], [width], way=way)], inputs, len(inputs))
    assert written == inputs
    assert answer == {"bits": hex(sum(SPECIAL[dtype]) % 2**64), "first": "nan"}


def test_negative_strides_reverse():
    inputs = np.arange(4.0).tobytes()
    _, written = _run([_array("float64", [4], [-8], offset=24)], inputs, 32)
    assert np.frombuffer(written).tolist() == [3, 2, 1, 0]


def test_negative_strides_are_no_tensor_on_shared_memory():
    with pytest.raises(ValueError, match="negative"):
        _run([_array("float64", [4], [-8], offset=24, way="borrowed")], bytes(32), 32)


@pytest.mark.parametrize("way", ["borrowed", "owned", "load"])
def test_transposed_broadcast_and_gaps(way: str):
    inputs = np.arange(12.0).tobytes()
    arrays = [
        _array("float64", [2, 3], [8, 16], way=way),
        _array("float64", [2, 2], [0, 8], offset=8, out=48, way=way),
        _array("float64", [], [], offset=88, out=80, way=way),
        _array("float64", [2, 0], [8, 8], out=88, way=way),
    ]
    answer, written = _run(arrays, inputs, 88)
    assert np.frombuffer(written).tolist() == [0, 2, 4, 1, 3, 5, 1, 2, 1, 2, 11]
    assert [array["first"] for array in answer] == [
        "0x0.0p+0",
        "0x1.0000000000000p+0",
        "0x1.6000000000000p+3",
        None,
    ]


def test_halves_are_told_apart_by_their_values():
    inputs = _bytes("float16", [0x3C00])
    answer, _ = _run([_array("float16", [1], [2]), _array("bfloat16", [1], [2], out=2)], inputs, 4)
    assert [float.fromhex(array["first"]) for array in answer] == [1.0, 2**-7]


def test_held_views_see_what_is_written_later_and_write_through():
    inputs, outputs = bytearray(32), bytearray(16)
    request = json.dumps({"arrays": [_array("float32", [2, 2], [16, 4], offset=4)]})
    echo.hold(request, inputs, outputs)
    inputs[:] = bytes(range(32))
    echo.release("", bytearray(), outputs)
    seen = [*range(4, 12), *range(20, 28)]
    assert list(outputs) == seen
    assert list(inputs) == [255 - b if b in seen else b for b in range(32)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"dtype": "int8"}, "dtype must be one of .*, was 'int8'"),
        ({"way": "stolen"}, "way must be borrowed, owned or load, was 'stolen'"),
        ({"shape": [5]}, r"shape \[5\] and strides \[8\] does not lie in inputs of 32 bytes"),
        ({"offset": 40}, "an array at 40 "),
        ({"out": 8}, "the outputs end too early"),
    ],
)
def test_an_impossible_array_is_refused(change: dict[str, Any], message: str):
    with pytest.raises(OracleError, match=message):
        _run([{**_array("float64", [4], [8]), **change}], bytes(32), 32)
