"""InferSent in small, as a user of torch would write it from its paper (arXiv:1705.02364)."""

import torch
from torch import Tensor, nn
from torch.nn.utils import rnn

from .model import Model
from .watch import Watch


class InferSent(Model):
    """A bidirectional LSTM encodes two sentences; three linear layers compare them.

    Sentences have lengths of their own. torch's packed sequences leave the padding out of both
    directions, and fill it with zeros afterwards. As in the program of InferSent's authors, the
    maximum over time sees those zeros: they reach from the end of a sentence to that of the
    longest on its side of the batch. Both biases of the LSTM are trained.
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.LSTM(6, 5, batch_first=True, bidirectional=True)
        self.classifier = nn.Sequential(nn.Linear(40, 7), nn.Linear(7, 7), nn.Linear(7, 3))

    def scores(self, examples: list[Tensor], watch: Watch) -> Tensor:  # noqa: D102
        first, second, lengths = examples
        u = self._encoded(first, lengths[:, 0], watch)
        v = self._encoded(second, lengths[:, 1], watch)
        difference = u - v
        # Where padding is the maximum on both sides, no gradient depends on the sign.
        watch.branch(difference[difference != 0])
        x = watch.rounded(torch.cat([u, v, difference.abs(), u * v], 1))
        for layer in self.classifier:
            x = watch.rounded(layer(x))
        return x

    def _encoded(self, words: Tensor, lengths: Tensor, watch: Watch) -> Tensor:
        counts = lengths.long().cpu()
        packed = rnn.pack_padded_sequence(words, counts, batch_first=True, enforce_sorted=False)
        states, _ = rnn.pad_packed_sequence(self.encoder(packed)[0], batch_first=True)
        states = watch.rounded(states)
        watch.branch(_gap(states, counts))
        return states.amax(1)


def _gap(states: Tensor, lengths: Tensor) -> Tensor:
    """Return by how much the largest state exceeds the next, of which padding is one at most."""
    steps = torch.arange(states.shape[1])
    repeated = (steps > lengths.unsqueeze(1)).unsqueeze(2).to(states.device)
    first, second = states.masked_fill(repeated, -torch.inf).topk(2, 1).values.unbind(1)
    return first - second
