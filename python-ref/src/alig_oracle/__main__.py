"""The command line of this package: ``python -m alig_oracle COMMAND``."""

import argparse
import json
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


def _digits(options: argparse.Namespace) -> int:
    from . import digits

    train, test = digits.write(options.folder)
    print(f"{options.folder}: {train} digits to train on and {test} to test with")
    return 0


def _images(options: argparse.Namespace) -> int:
    from . import image_files

    image_files.write(options.source, options.folder, options.kind)
    return 0


def _sentences(options: argparse.Namespace) -> int:
    from . import sentence_files

    written = sentence_files.write(options.folder, options.kind)
    counts = ", ".join(f"{count} for {part}" for part, count in written.items())
    print(f"{options.folder}: synthetic pairs, {counts}, and random vectors of their words")
    return 0


def _answer(options: argparse.Namespace) -> int:
    from . import bridge, recorder

    description = json.loads(bridge.configure(options.package))
    recorder.answer(options.file, description, options.out)
    return 0


def _fingerprint(options: argparse.Namespace) -> int:
    from . import fingerprint

    taken = fingerprint.take(options.package)
    options.out.write_text(json.dumps(taken, indent=1) + "\n", encoding="utf-8")
    return 0


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
    digits = commands.add_parser("digits", help="write scikit-learn's digits as idx files")
    digits.add_argument("folder", type=Path, metavar="DIR")
    digits.set_defaults(command=_digits)
    images = commands.add_parser(
        "images", help="write Fashion-MNIST's idx files as those of CIFAR, SVHN or ImageNet"
    )
    images.add_argument("source", type=Path, metavar="SOURCE")
    images.add_argument("folder", type=Path, metavar="DIR")
    images.add_argument(
        "--as",
        dest="kind",
        required=True,
        choices=["cifar10-binary", "cifar10-python", "cifar100-binary", "imagefolder", "svhn"],
    )
    images.set_defaults(command=_images)
    sentences = commands.add_parser(
        "sentences", help="write synthetic sentence pairs as the files of SNLI and GloVe"
    )
    sentences.add_argument("folder", type=Path, metavar="DIR")
    sentences.add_argument("--as", dest="kind", choices=["jsonl", "txt"], default="jsonl")
    sentences.set_defaults(command=_sentences)
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


if __name__ == "__main__":
    sys.exit(main())
