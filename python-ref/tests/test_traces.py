"""The traces recorded from the authors' package, and the files that hold traces."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from alig_oracle import bridge, devices, recorder, trace
from alig_oracle.__main__ import main
from alig_oracle.errors import OracleError
from alig_oracle.packing import rerun

from replaying import replay

TRACE_COUNT = 400
SPOILT = [
    (lambda line: line.update(eps=line["eps"] * 2), "steps[0].expected.step_size_unclipped"),
    (lambda line: line.update(adjusted_momentum=True), "steps[0].expected.buffers"),
    (lambda line: line.update(projection_radius=0.001), "constructed.parameters"),
    (lambda line: line["groups"][0].update(momentum="0x0.0p+0"), "constructed.buffers"),
    (lambda line: line["groups"][0].update(max_lr="0x1.0p-9"), "steps[0].expected.step_sizes[0]"),
    (lambda line: line["steps"][0].update(loss="0x1.0p-1"), "expected.step_size_unclipped"),
    (lambda line: line["steps"][1]["expected"].update(step_size_mean="nan"), "steps[1]"),
]


@pytest.mark.pinned
def test_every_recorded_trace_is_reproduced_bitwise(th_traces: Path, same_roots: bool):
    bridge.configure(None)
    cases, differences = replay(th_traces)
    assert cases == TRACE_COUNT
    assert [d for d in differences if same_roots or not d.is_a_root()] == []
    # On the other maker's processors few roots are rounded otherwise.
    assert len(differences) < 40


@pytest.mark.parametrize(("spoil", "place"), SPOILT)
def test_a_spoilt_case_is_found_and_its_place_named(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], None], place: str
):
    path = tmp_path / "traces.jsonl"
    _record(path)
    lines = path.read_text().splitlines()
    case = json.loads(lines[1])
    spoil(case)
    path.write_text(f"{lines[0]}\n{json.dumps(case)}\n")
    cases, (difference,) = replay(path)
    assert cases == 1
    assert difference.trace.id == "one"
    assert place in difference.place


def test_one_changed_bit_is_a_difference(tmp_path: Path):
    path = tmp_path / "traces.jsonl"
    _record(path)
    case = json.loads(path.read_text().splitlines()[1])
    value = case["steps"][1]["expected"]["parameters"][0][0][1]
    changed = (float.fromhex(value) * (1 + 2**-52)).hex()
    path.write_text(path.read_text().replace(value, changed))
    _, (difference,) = replay(path)
    assert difference.place == "steps[1].expected.parameters[0][0][1]"
    assert (difference.expected, difference.actual) == (changed, value)


def test_a_case_that_raises_is_a_difference(tmp_path: Path):
    path = tmp_path / "traces.jsonl"
    _record(path)
    provenance, case = map(json.loads, path.read_text().splitlines())
    case.update(eps=0)
    case["steps"][1]["gradients"] = [[None]]
    path.write_text(f"{json.dumps(provenance)}\n{json.dumps(case)}\n")
    _, (difference,) = replay(path)
    assert difference.place == "steps[1]"
    assert difference.actual.startswith("ZeroDivisionError")


def test_reading_and_writing_gives_the_same_bytes(th_traces: Path, tmp_path: Path):
    provenance, traces = trace.read(th_traces)
    trace.write(tmp_path / "copy.jsonl", provenance, traces)
    assert len(traces) == TRACE_COUNT
    assert (tmp_path / "copy.jsonl").read_bytes() == th_traces.read_bytes()


def test_java_hexadecimal_strings_are_understood():
    assert trace.decode(["0x1.8p1", "nan", "-inf", None, "-0x0.0p0"])[::2] == [
        3.0,
        -float("inf"),
        0,
    ]
    assert trace.encode(trace.decode(["-0x0.0p0", "0x1.8p1"])) == [
        "-0x0.0p+0",
        "0x1.8000000000000p+1",
    ]


def test_a_recording_replays_is_repeatable_and_says_where_it_comes_from(
    th_traces: Path, tmp_path: Path
):
    paths = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for path in paths:
        assert main(["answer", str(th_traces), "--out", str(path)]) == 0
    description = json.loads(bridge.configure(None))
    assert replay(paths[0]) == (TRACE_COUNT, [])
    assert paths[0].read_bytes() == paths[1].read_bytes()
    provenance, traces = trace.read(paths[0])
    assert provenance["recorded_from"] == f"alig.th, bundled, sha256 {description['digest']}"
    assert provenance["library"] == f"torch {description['torch']}"
    assert provenance["cpu"] == description["processor"]
    assert provenance["settings"] == description["settings"]
    assert (provenance["cases"], len(traces)) == (TRACE_COUNT, TRACE_COUNT)


def test_a_case_that_the_package_refuses_is_not_recorded(tmp_path: Path):
    path = tmp_path / "traces.jsonl"
    _record(path)
    provenance, case = map(json.loads, path.read_text().splitlines())
    case.update(eps=0)
    case["steps"][1]["gradients"] = [[None]]
    path.write_text(f"{json.dumps(provenance)}\n{json.dumps(case)}\n")
    bridge.configure(None)
    with pytest.raises(OracleError, match="case one is refused: "):
        recorder.answer(path, json.loads(bridge.configure(None)), tmp_path / "out.jsonl")


def test_the_recorded_settings_are_those_that_a_description_names(th_traces: Path):
    provenance, _ = trace.read(th_traces)
    names = [setting.partition("=")[0] for setting in provenance["settings"].split()]
    assert names == list(devices.SETTINGS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the first line must be the provenance"),
        ('{"id": "one"}\n', "the first line must be the provenance"),
        ('{"recorded_from": "x"}\n{"id": "one"}\n', r"traces.jsonl:2: not a trace of alig.th"),
        ('{"recorded_from": "x"}\nnot json\n', r"traces.jsonl:2: not a JSON object"),
        ('{"recorded_from": "x"}\n[1]\n', r"traces.jsonl:2: not a JSON object"),
    ],
)
def test_what_is_not_a_trace_is_refused(tmp_path: Path, text: str, message: str):
    path = tmp_path / "traces.jsonl"
    path.write_text(text)
    with pytest.raises(OracleError, match=message):
        trace.read(path)


def test_the_traces_of_tensorflow_are_refused(tf_traces: Path):
    with pytest.raises(OracleError, match="not a trace of alig.th, it lacks 'adjusted_momentum'"):
        trace.read(tf_traces)


def test_a_file_that_is_absent_is_named(tmp_path: Path):
    with pytest.raises(OracleError, match="cannot read the traces .*absent.jsonl"):
        trace.read(tmp_path / "absent.jsonl")


def _record(path: Path) -> None:
    """Record one case of two steps with standard momentum, projected to radius 4."""
    bridge.configure(None)
    nothing = trace.Tensors([], [])
    step = trace.Step(2.0, "float", [[[0.3, -0.7]]], trace.Expected(0, [], 0, nothing))
    group = trace.Group(0.5, 0.9, [[2]], [[0.1, 0.2]])
    case = trace.Trace("one", "float64", 1e-3, False, 4.0, [step, step], [group], nothing)
    (done,) = rerun([case])
    assert isinstance(done, trace.Trace)
    trace.write(path, {"recorded_from": "here"}, [done])
