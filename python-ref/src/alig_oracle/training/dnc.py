"""A differentiable neural computer with one write head, as its paper has it.

Graves et al., "Hybrid computing using a neural network with dynamic external memory", Nature 538
(2016), doi:10.1038/nature20101, methods. Three details are those of DeepMind's program: cell and
outputs are clipped to ±20, usage takes no gradient from where was written, and small numbers keep
roots and quotients away from 0.

Batches come first in every tensor but the sequences, in which time does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

from .watch import Watch

EPSILON = 1e-6
CLIP = 20
FORGET_BIAS = 1


@dataclass(frozen=True)
class Sizes:
    """Slots and columns of the memory, and the number of read heads."""

    slots: int = 16
    word: int = 16
    read_heads: int = 4


@dataclass(frozen=True)
class State:
    """What is carried from one time step to the next; weightings have the slots last."""

    hidden: Tensor
    cell: Tensor
    memory: Tensor
    read: Tensor
    written: Tensor
    link: Tensor
    precedence: Tensor
    usage: Tensor
    words: Tensor


def empty(sizes: Sizes, observation: Tensor, hidden: int) -> State:
    """Return the state before the first time step: zeros, of the observation's type."""
    n, r, w = sizes.slots, sizes.read_heads, sizes.word

    def zeros(*shape: int) -> Tensor:
        return observation.new_zeros(len(observation), *shape)

    return State(
        hidden=zeros(hidden),
        cell=zeros(hidden),
        memory=zeros(n, w),
        read=zeros(r, n),
        written=zeros(n),
        link=zeros(n, n),
        precedence=zeros(n),
        usage=zeros(n),
        words=zeros(r * w),
    )


def logits(
    weights: Mapping[str, Tensor], sizes: Sizes, observations: Tensor, watch: Watch
) -> Tensor:
    """Return the outputs for sequences: time steps, batch, channels.

    Weights are ``controller``, ``interface`` and ``output``, each with ``.weights``, of which the
    rows are inputs, and ``.bias``.
    """
    hidden = len(weights["interface.weights"])
    state = empty(sizes, observations[0], hidden)
    outputs: list[Tensor] = []
    for observation in observations:
        state = _control(weights, state, observation, watch)
        controls = _linear(weights, "interface", state.hidden, watch)
        state = _access(sizes, state, controls, watch)
        output = _linear(weights, "output", torch.cat([state.hidden, state.words], 1), watch)
        outputs.append(_clipped(output, watch))
    return torch.stack(outputs)


def _linear(weights: Mapping[str, Tensor], layer: str, x: Tensor, watch: Watch) -> Tensor:
    return watch.rounded(x @ weights[layer + ".weights"] + weights[layer + ".bias"])


def _clipped(x: Tensor, watch: Watch) -> Tensor:
    watch.branch(CLIP - x.abs())
    return x.clamp(-CLIP, CLIP)


def _control(
    weights: Mapping[str, Tensor], state: State, observation: Tensor, watch: Watch
) -> State:
    seen = torch.cat([observation, state.words, state.hidden], 1)
    enter, candidate, forget, leave = _linear(weights, "controller", seen, watch).chunk(4, 1)
    kept = (forget + FORGET_BIAS).sigmoid() * state.cell
    cell = watch.rounded(kept + enter.sigmoid() * candidate.tanh())
    hidden = watch.rounded(cell.tanh() * leave.sigmoid())
    return replace(state, hidden=hidden, cell=_clipped(cell, watch))


def _access(sizes: Sizes, state: State, controls: Tensor, watch: Watch) -> State:
    r, w = sizes.read_heads, sizes.word
    parts = controls.split([r, w, w, w, 1, 1, 1, r * w, r, 3 * r], 1)
    free, vector, erase, key, strength, to_unused, gate, keys, strengths, modes = parts

    before = state.written.detach()
    retained = (1 - free.sigmoid().unsqueeze(2) * state.read).prod(1)
    usage = watch.rounded((state.usage + (1 - state.usage) * before) * retained)

    content = _by_content(state.memory, key.unsqueeze(1), strength, watch).squeeze(1)
    share = to_unused.sigmoid()
    unused = _unused(usage, watch)
    written = watch.rounded(gate.sigmoid() * (share * unused + (1 - share) * content))
    erased = written.unsqueeze(2) * erase.sigmoid().unsqueeze(1)
    memory = state.memory * (1 - erased) + written.unsqueeze(2) * vector.unsqueeze(1)
    memory = watch.rounded(memory)

    row, column = written.unsqueeze(2), written.unsqueeze(1)
    link = (1 - row - column) * state.link + row * state.precedence.unsqueeze(1)
    link = watch.rounded(link * (1 - torch.eye(sizes.slots).to(link)))
    precedence = (1 - written.sum(1, keepdim=True)) * state.precedence + written
    precedence = watch.rounded(precedence)

    mode = modes.unflatten(1, (r, 3)).softmax(2)
    found = _by_content(memory, keys.unflatten(1, (r, w)), strengths, watch)
    backward, forward = state.read @ link, state.read @ link.mT
    read = mode[:, :, 2:] * found + mode[:, :, :1] * backward + mode[:, :, 1:2] * forward
    read = watch.rounded(read)
    return replace(
        state,
        memory=memory,
        read=read,
        written=written,
        link=link,
        precedence=precedence,
        usage=usage,
        words=watch.rounded(read @ memory).flatten(1),
    )


def _unused(usage: Tensor, watch: Watch) -> Tensor:
    """Return the weighting of unused slots, the least used first.

    The order is a branch. Slots of exactly equal usage are none: they have the same history.
    """
    unused = 1 - (EPSILON + (1 - EPSILON) * usage)
    ordered, slots = unused.sort(dim=1, descending=True, stable=True)
    gap = ordered[:, :-1] - ordered[:, 1:]
    watch.branch(gap[gap != 0])
    products = (1 - ordered).cumprod(1)
    before = torch.cat([torch.ones_like(products[:, :1]), products[:, :-1]], 1)
    return watch.rounded(torch.zeros_like(usage).scatter(1, slots, ordered * before))


def _by_content(memory: Tensor, keys: Tensor, strengths: Tensor, watch: Watch) -> Tensor:
    """Return the softmax over slots of strength times cosine, for each key."""
    norms = _norm(keys) @ _norm(memory).mT
    cosine = watch.rounded(keys @ memory.mT / (norms + EPSILON))
    return watch.rounded((cosine * functional.softplus(strengths).unsqueeze(2)).softmax(2))


def _norm(vectors: Tensor) -> Tensor:
    return ((vectors * vectors).sum(2, keepdim=True) + EPSILON).sqrt()
