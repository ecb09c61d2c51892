"""The synthetic sentences as the files of SNLI and GloVe."""

import json
from pathlib import Path

import pytest

from alig_oracle.__main__ import main


def _pairs(folder: Path, part: str) -> list[tuple[str, str, str]]:
    lines = (folder / f"snli_1.0_{part}.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    return [(pair["gold_label"], pair["sentence1"], pair["sentence2"]) for pair in read]


def test_both_formats_hold_the_same_pairs(tmp_path: Path) -> None:
    assert main(["sentences", str(tmp_path / "json")]) == 0
    assert main(["sentences", str(tmp_path / "text"), "--as", "txt"]) == 0
    for part, count in (("train", 6000), ("dev", 600), ("test", 600)):
        pairs = _pairs(tmp_path / "json", part)
        assert len(pairs) == count
        text = (tmp_path / "text" / f"snli_1.0_{part}.txt").read_text(encoding="utf-8")
        header, *lines = [line.split("\t") for line in text.splitlines()]
        places = [header.index(name) for name in ("gold_label", "sentence1", "sentence2")]
        assert [tuple(line[i] for i in places) for line in lines] == pairs
    vectors = [tmp_path / kind / "glove.840B.300d.txt" for kind in ("json", "text")]
    assert vectors[0].read_bytes() == vectors[1].read_bytes()


def test_every_label_occurs_and_every_fiftieth_pair_has_none(tmp_path: Path) -> None:
    main(["sentences", str(tmp_path)])
    labels = [pair[0] for pair in _pairs(tmp_path, "train")]
    assert set(labels) == {"entailment", "neutral", "contradiction", "-"}
    assert [i for i, label in enumerate(labels) if label == "-"] == list(range(49, 6000, 50))


def test_a_line_of_vectors_is_a_word_and_300_numbers(tmp_path: Path) -> None:
    main(["sentences", str(tmp_path)])
    lines = (tmp_path / "glove.840B.300d.txt").read_text(encoding="utf-8").splitlines()
    words = [line.split(" ", 1)[0] for line in lines]
    assert len(words) == len(set(words))
    assert {"<s>", "</s>", "A", "n't", "unused"} <= set(words)
    assert not {"blue-green", "Mill"} & set(words)
    for line in lines:
        assert len([float(number) for number in line.split(" ")[1:]]) == 300


def test_an_unknown_format_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["sentences", str(tmp_path), "--as", "xml"])
    assert "invalid choice: 'xml'" in capsys.readouterr().err
