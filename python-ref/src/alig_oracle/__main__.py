"""The command line: ``python -m alig_oracle describe|record|replay|answer|fingerprint|digits``."""

import argparse
import json
import os
import platform
import sys
from pathlib import Path

from .errors import OracleError


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0, 1 for a difference, or 2 if it could not run."""
    options = _parser().parse_args(arguments)
    try:
        return options.command(options)
    except OracleError as cause:
        print(f"alig_oracle: {cause}", file=sys.stderr)
        return 2


def _describe(options: argparse.Namespace) -> int:
    from . import bridge

    description = bridge.configure(options.package, device=options.device)
    print(json.dumps(json.loads(description), indent=2))
    return 0


def _record(options: argparse.Namespace) -> int:
    from . import bridge, recorder

    description = json.loads(bridge.configure(options.package))
    recorder.record(description, options.seed, options.cases, options.out)
    print(f"{options.out}: {options.cases} cases of {description['kind']} alig.th")
    return 0


def _replay(options: argparse.Namespace) -> int:
    if options.device is not None:
        return _replay_on(options.device, options)
    if options.cases:
        raise OracleError("--cases needs --device: random cases are compared with the CPU")
    _use_recorded_kernels(options.files)
    from . import bridge, recorder

    bridge.configure(options.package)
    total, differing = 0, 0
    for path in options.files:
        cases, differences = recorder.replay(path)
        print(f"{path}: {cases - len(differences)} of {cases} cases bitwise equal")
        _print_some(differences)
        total, differing = total + cases, differing + len(differences)
    if total == 0:
        raise OracleError("nothing was replayed: the files hold no cases")
    return 1 if differing else 0


def _digits(options: argparse.Namespace) -> int:
    from . import digits

    train, test = digits.write(options.folder)
    print(f"{options.folder}: {train} digits to train on and {test} to test with")
    return 0


def _replay_on(device: str, options: argparse.Namespace) -> int:
    """Compare a device with the CPU, on recorded and on random cases, within bounds."""
    _use_recorded_kernels(options.files)
    from . import bridge, judge, trace

    cpu = json.loads(bridge.configure(None))["handle"]
    described = json.loads(bridge.configure(options.package, device=device))
    sets = {str(path): trace.read(path)[1] for path in options.files}
    if options.cases:
        name = f"random cases, seed {options.seed}"
        sets[name] = judge.draw(options.seed, options.cases, cpu)
    if not any(sets.values()):
        raise OracleError("nothing was replayed: give --cases, or files that hold cases")
    print(f"{described['kind']} alig.th, torch {described['torch']}, {described['device']}")
    differing = 0
    for name, cases in sets.items():
        tally = judge.compare(cases, described["handle"], cpu)
        differing += len(tally.differences)
        print(f"{name}: {tally.summary()}")
        _print_some(tally.differences)
    return 1 if differing else 0


def _print_some(lines: list[str]) -> None:
    for line in lines[:10]:
        print(f"  {line}")
    if len(lines) > 10:
        print(f"  and {len(lines) - 10} more")


def _answer(options: argparse.Namespace) -> int:
    from . import bridge, recorder

    bridge.configure(options.package)
    recorder.answer(options.file, options.out)
    return 0


def _fingerprint(options: argparse.Namespace) -> int:
    from . import fingerprint

    taken = fingerprint.take(options.package)
    options.out.write_text(json.dumps(taken, indent=1) + "\n", encoding="utf-8")
    return 0


def _use_recorded_kernels(files: list[Path]) -> None:
    """Let torch sum norms as on the CPU of the recording; it reads this when imported."""
    from .trace import read

    cpu = str(read(files[0])[0].get("cpu", "")) if files else ""
    if cpu == "x86_64 avx2" and platform.machine() in ("x86_64", "AMD64"):
        os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx2")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m alig_oracle", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--package", metavar="DIR", help="folder that holds an alig package (default: bundled)"
    )
    describe = commands.add_parser("describe", parents=[shared], help="show the environment")
    describe.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    describe.set_defaults(command=_describe)
    record = commands.add_parser("record", parents=[shared], help="record random cases")
    record.add_argument("--seed", type=int, required=True)
    record.add_argument("--cases", type=_positive, required=True)
    record.add_argument("--out", type=Path, required=True, metavar="FILE")
    record.set_defaults(command=_record)
    replay = commands.add_parser(
        "replay",
        parents=[shared],
        help="compare with recorded cases",
        description="Compares with recorded cases bit for bit; with --device the package on that "
        "device with the bundled one on the CPU, within the bounds of rounding. Exit status: 0 "
        "all agree, 1 a difference, 2 not run, for lack of a CUDA device for example.",
    )
    replay.add_argument("files", type=Path, nargs="*", metavar="FILE", help="a trace file")
    replay.add_argument("--device", choices=["cpu", "cuda"], help="the device to compare")
    replay.add_argument(
        "--cases", type=_positive, metavar="N", help="random cases to compare beside the files"
    )
    replay.add_argument(
        "--seed", type=int, default=1, metavar="S", help="of the random cases (default: 1)"
    )
    replay.set_defaults(command=_replay)
    digits = commands.add_parser("digits", help="write scikit-learn's digits as idx files")
    digits.add_argument("folder", type=Path, metavar="DIR")
    digits.set_defaults(command=_digits)
    answer = commands.add_parser("answer", parents=[shared], help="run the cases of a trace file")
    answer.add_argument("file", type=Path, metavar="FILE")
    answer.add_argument("--out", type=Path, required=True, metavar="FILE")
    answer.set_defaults(command=_answer)
    fingerprint = commands.add_parser(
        "fingerprint", parents=[shared], help="write the bits computed from fixed inputs"
    )
    fingerprint.add_argument("--out", type=Path, required=True, metavar="FILE")
    fingerprint.set_defaults(command=_fingerprint)
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, was {value}")
    return value


if __name__ == "__main__":
    sys.exit(main())
