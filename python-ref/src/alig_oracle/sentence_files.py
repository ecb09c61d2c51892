"""Synthetic sentence pairs and word vectors, written as the files of SNLI and GloVe.

The experiment can then be tried without either. A premise says who does what where. A hypothesis
that follows names the person in general; one that contradicts names another deed; one that may be
true or not adds a reason. The word vectors are random numbers, and say nothing about words.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.random import Generator

_SEED = 21
_SIZES = {"train": 6000, "dev": 600, "test": 600}
_NUMBERS = 300

#: One pair in this many has no label, as where SNLI's annotators did not agree.
_UNLABELLED = 50

_PEOPLE = {
    "man": "person",
    "woman": "person",
    "boy": "child",
    "girl": "child",
    "poodle": "dog",
    "beagle": "dog",
}
_LOOKS = ("in a red shirt", "with a hat", "who can't wait", "in a blue-green coat", "of 5 feet")
_DEEDS = ("sleeping", "running", "eating", "jumping", "reading", "singing", "swimming", "waiting")
_PLACES = ("in the park", "at Mr. Smith's", "on a bench", 'near the "Old Mill"', "by the sea")
_REASONS = ("because it's late", "to win a prize", "for the first time", "with two friends")

#: Words of the sentences that have no vector, and a word that no sentence has.
_WITHOUT_VECTOR = ("blue-green", "Mill")
_OTHER = ("unused",)


@dataclass(frozen=True)
class _Pair:
    """A pair, with SNLI's names; its parse trees are left empty."""

    gold_label: str
    sentence1: str
    sentence2: str
    captionID: str  # noqa: N815
    pairID: str  # noqa: N815


def write(folder: Path, kind: str) -> dict[str, int]:
    """Write the three parts of SNLI and a file of GloVe; return the number of pairs of each part.

    Args:
        folder: made where it is missing; files of the same names are replaced.
        kind: one of ``KINDS``.
    """
    random = np.random.default_rng(_SEED)
    folder.mkdir(parents=True, exist_ok=True)
    for part, count in _SIZES.items():
        pairs = [_pair(random, i) for i in range(count)]
        lines = [KINDS[kind](pair) for pair in pairs]
        if kind == "txt":
            lines.insert(0, "\t".join(_COLUMNS))
        path = folder / f"snli_1.0_{part}.{kind}"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _write_vectors(folder / "glove.840B.300d.txt", random)
    return dict(_SIZES)


def _pair(random: Generator, number: int) -> _Pair:
    who = str(random.choice(list(_PEOPLE)))
    deed, other = random.choice(_DEEDS, 2, replace=False)
    where, look = random.choice(_PLACES), random.choice(_LOOKS)
    label = str(random.choice(["entailment", "neutral", "contradiction"]))
    general = f"A {_PEOPLE[who]} is"
    hypothesis = {
        "entailment": f"{general} {deed}.",
        "neutral": f"{general} {deed} {random.choice(_REASONS)}.",
        "contradiction": f"{general} {other}.",
    }[label]
    premise = f"A {who} {look} is {deed} {where}."
    caption = f"{number}.jpg#0"
    shown = "-" if number % _UNLABELLED == _UNLABELLED - 1 else label
    return _Pair(shown, premise, hypothesis, caption, f"{caption}r1{label[0]}")


#: The columns of the text version.
_COLUMNS = (
    "gold_label",
    "sentence1_binary_parse",
    "sentence2_binary_parse",
    "sentence1_parse",
    "sentence2_parse",
    "sentence1",
    "sentence2",
    "captionID",
    "pairID",
    "label1",
    "label2",
    "label3",
    "label4",
    "label5",
)


def _columns(pair: _Pair) -> str:
    values = asdict(pair)
    return "\t".join(values.get(column, "") for column in _COLUMNS)


def _json(pair: _Pair) -> str:
    return json.dumps({"annotator_labels": [pair.gold_label], **asdict(pair)})


def _write_vectors(path: Path, random: Generator) -> None:
    phrases = [*_PEOPLE, *_PEOPLE.values(), *_LOOKS, *_DEEDS, *_PLACES, *_REASONS]
    words = {word.strip('"') for phrase in phrases for word in phrase.split()}
    # The parts that the Treebank splits words into.
    parts = {"A", "is", ".", "``", "''", "ca", "n't", "it", "'s", "Smith", "<s>", "</s>"}
    known = sorted((words | parts | set(_OTHER)) - set(_WITHOUT_VECTOR))
    with path.open("w", encoding="utf-8") as file:
        for word in known:
            numbers = 0.3 * random.standard_normal(_NUMBERS)
            file.write(f"{word} {' '.join(f'{x:.5f}' for x in numbers)}\n")


KINDS = {"jsonl": _json, "txt": _columns}
