"""Defects of the projection on the ball."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from alig.th.alig import BUFFER
from alig.th.projection import l2_projection

from .sound import Sound, defective, defective_projection, norm_of, scale


@defective
class ProjectionSkipped(Sound):
    """Steps are not projected."""

    _constructed = False

    def _project(self) -> None:
        if not self._constructed:
            super()._project()
        self._constructed = True


@defective
class ProjectionSkippedAtConstruction(Sound):
    """The initial parameters are not projected."""

    _constructed = False

    def _project(self) -> None:
        if self._constructed:
            super()._project()
        self._constructed = True


@defective
class ProjectionBeforeUpdate(Sound):
    """The projection comes before the update."""

    _constructed = False

    def _update_all(self) -> None:
        super()._project()
        super()._update_all()

    def _project(self) -> None:
        if not self._constructed:
            super()._project()
        self._constructed = True


@defective
class ProjectionClearsBuffers(Sound):
    """A projection that scales clears the buffers."""

    def _project(self) -> None:
        before = [p.clone() for p in self._parameters()]
        super()._project()
        if any(not torch.equal(a, b) for a, b in zip(before, self._parameters(), strict=True)):
            for p in self._parameters():
                if BUFFER in self.state[p]:
                    self._buffer(p).zero_()


@defective_projection
def projection_per_tensor(parameters: list[Tensor], max_norm: float | None) -> None:
    """Each tensor is projected by itself."""
    for p in parameters:
        l2_projection([p], max_norm)


@defective_projection
def projection_of_an_exhausted_generator(parameters: list[Tensor], max_norm: float | None) -> None:
    """The parameters are a generator that the norm exhausts, so that nothing is scaled."""
    if max_norm is not None:
        generator = (p for p in parameters)
        norm = norm_of(list(generator))
        if norm > max_norm:
            scale(list(generator), max_norm / norm)


@defective_projection
def projection_without_root(parameters: list[Tensor], max_norm: float | None) -> None:
    """The squared norm is compared with the radius."""
    _project(parameters, max_norm, norm=lambda tensors: norm_of(tensors) ** 2)


@defective_projection
def projection_on_sphere(parameters: list[Tensor], max_norm: float | None) -> None:
    """Parameters inside the ball are scaled up to its surface."""
    _project(parameters, max_norm, outside=lambda norm, radius: norm > 0)


@defective_projection
def projection_lenient(parameters: list[Tensor], max_norm: float | None) -> None:
    """A norm up to 1 % beyond the radius counts as inside."""
    _project(parameters, max_norm, outside=lambda norm, radius: norm > 1.01 * radius)


@defective_projection
def projection_of_nan(parameters: list[Tensor], max_norm: float | None) -> None:
    """A norm that is NaN counts as outside the ball."""
    _project(parameters, max_norm, outside=lambda norm, radius: not norm <= radius)


@defective_projection
def projection_not_to_zero(parameters: list[Tensor], max_norm: float | None) -> None:
    """A radius of 0 counts as none: truth in place of a test for None."""
    if max_norm:
        l2_projection(parameters, max_norm)


@defective_projection
def projection_as_clip_grad_norm(parameters: list[Tensor], max_norm: float | None) -> None:
    """The factor is radius / (norm + 1e-6), at most 1, as in torch's clip_grad_norm_."""
    if max_norm is not None:
        scale(parameters, torch.clamp(max_norm / (norm_of(parameters) + 1e-6), max=1.0))


@defective_projection
def projection_in_float32(parameters: list[Tensor], max_norm: float | None) -> None:
    """The factor is a float32."""
    if max_norm is not None and norm_of(parameters) > max_norm:
        scale(parameters, (max_norm / norm_of(parameters)).float().item())


@defective_projection
def projection_divides(parameters: list[Tensor], max_norm: float | None) -> None:
    """Parameters are divided by norm / radius."""
    if max_norm is not None and (norm := norm_of(parameters)) > max_norm:
        for p in parameters:
            p.div_(norm / max_norm)


def _project(
    parameters: list[Tensor],
    max_norm: float | None,
    norm: Callable[[list[Tensor]], Tensor] = norm_of,
    outside: Callable[[Any, float], Any] = lambda norm, radius: norm > radius,
) -> None:
    if max_norm is None:
        return
    length = norm(parameters)
    if outside(length, max_norm):
        scale(parameters, max_norm / length)
