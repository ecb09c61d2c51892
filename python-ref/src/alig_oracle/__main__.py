"""The command line: ``python -m alig_oracle describe|record|replay|answer|fingerprint``."""

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

    print(json.dumps(json.loads(bridge.configure(options.package)), indent=2))
    return 0


def _record(options: argparse.Namespace) -> int:
    from . import bridge, recorder

    description = json.loads(bridge.configure(options.package))
    recorder.record(description, options.seed, options.cases, options.out)
    print(f"{options.out}: {options.cases} cases of {description['kind']} alig.th")
    return 0


def _replay(options: argparse.Namespace) -> int:
    _use_recorded_kernels(options.files)
    from . import bridge, recorder

    bridge.configure(options.package)
    total, differing = 0, 0
    for path in options.files:
        cases, differences = recorder.replay(path)
        print(f"{path}: {cases - len(differences)} of {cases} cases bitwise equal")
        for line in differences[:10]:
            print(f"  {line}")
        if len(differences) > 10:
            print(f"  and {len(differences) - 10} more")
        total, differing = total + cases, differing + len(differences)
    if total == 0:
        raise OracleError("nothing was replayed: the files hold no cases")
    return 1 if differing else 0


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

    cpu = str(read(files[0])[0].get("cpu", ""))
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
    describe.set_defaults(command=_describe)
    record = commands.add_parser("record", parents=[shared], help="record random cases")
    record.add_argument("--seed", type=int, required=True)
    record.add_argument("--cases", type=_positive, required=True)
    record.add_argument("--out", type=Path, required=True, metavar="FILE")
    record.set_defaults(command=_record)
    replay = commands.add_parser("replay", parents=[shared], help="compare with recorded cases")
    replay.add_argument("files", type=Path, nargs="+", metavar="FILE")
    replay.set_defaults(command=_replay)
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
