"""Saves, restores and copies an optimizer with all its settings."""

import copy
from typing import Any, Self

from torch import Tensor
from torch.optim import Optimizer

from ._copies import GROUP, Projection, deep_copy, picklable
from ._settings import require_group_settings, require_not_negative

BUFFER = "momentum_buffer"
# The settings that a saved state has in addition to torch's; a copy has further ones.
_SAVED = ("eps", "adjusted_momentum", "wide_norm")
_COPIED = (*_SAVED, "step_size", "step_size_unclipped", "norm_overflowed")


class StoredOptimizer(Optimizer):
    """An optimizer that saves, restores and copies AliG's settings too."""

    eps: float
    adjusted_momentum: bool
    projection: Projection
    step_size: float | None
    step_size_unclipped: float | None
    # Defaults for optimizers that were pickled by versions without these settings.
    wide_norm: bool = False
    average_loss: Any = False
    norm_overflowed: bool = False

    def state_dict(self) -> dict[str, Any]:
        """Return torch's state, and ``eps``, ``adjusted_momentum`` and ``wide_norm``.

        It contains neither the projection, which is a function, nor ``average_loss``,
        which belongs to the running processes. As for every torch optimizer, it contains
        the buffers themselves: save or copy it before the next step. Hooks get all of it.
        """

        def add_settings(_: Optimizer, state: dict[str, Any]) -> dict[str, Any]:
            return {**state, **{name: getattr(self, name) for name in _SAVED}}

        # Runs before all other hooks, so that they can read and change our settings.
        hook = self.register_state_dict_post_hook(add_settings, prepend=True)
        try:
            return super().state_dict()
        finally:
            hook.remove()

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Restore a saved state. The next step continues the saved run bit for bit.

        Buffers are copied and keep the dtype in which they were saved. If the state lacks
        a setting, as states of the authors' package do, this optimizer keeps its own. The
        projection does not change and does not run. Hooks act on our settings and buffers
        as on those of torch.

        Raises:
            ValueError: the number or size of the groups or buffers differs, or a setting
                is negative or NaN; nothing has been changed then.
        """
        final: dict[str, Any] = {}

        def check(_: Optimizer, state: dict[str, Any]) -> None:
            self._require_loadable(state)
            final.update(state)

        before = self.register_load_state_dict_pre_hook(check)
        after = self.register_load_state_dict_post_hook(lambda _: self._load(final), prepend=True)
        try:
            super().load_state_dict(state_dict)
        finally:
            before.remove()
            after.remove()

    def __getstate__(self) -> dict[str, Any]:
        group = self.average_loss if isinstance(self.average_loss, bool) else GROUP
        projection = picklable(self.projection, self._parameters())
        return {**self._settings(), "average_loss": group, "projection": projection}

    def __copy__(self) -> Self:
        twin = type(self).__new__(type(self))
        shared = {"average_loss": self.average_loss, "projection": self.projection}
        twin.__setstate__({**self._settings(), **shared})
        return twin

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        twin = type(self).__new__(type(self))
        memo[id(self)] = twin
        twin.__setstate__(copy.deepcopy(self._settings(), memo))
        twin.average_loss = self.average_loss  # all copies share the process group
        twin.projection = deep_copy(self.projection, self._parameters(), memo)
        return twin

    def _settings(self) -> dict[str, Any]:
        return {**super().__getstate__(), **{name: getattr(self, name) for name in _COPIED}}

    def _parameters(self) -> list[Tensor]:
        return [p for group in self.param_groups for p in group["params"]]

    def _saved_buffers(self, state: dict[str, Any]) -> list[tuple[Tensor, Tensor]]:
        ids = [i for group in state["param_groups"] for i in group["params"]]
        saved = [state["state"].get(i, {}).get(BUFFER) for i in ids]
        return [(p, b) for p, b in zip(self._parameters(), saved, strict=False) if b is not None]

    def _require_loadable(self, state: dict[str, Any]) -> None:
        for group in state["param_groups"]:
            require_group_settings(group)
        require_not_negative("eps", state.get("eps", 0))
        for p, saved in self._saved_buffers(state):
            if saved.shape != p.shape:
                raise ValueError(
                    f"the state has a momentum buffer of shape {tuple(saved.shape)} for a "
                    f"parameter of shape {tuple(p.shape)}: load the state of this model's optimizer"
                )

    def _load(self, state: dict[str, Any]) -> None:
        for name in _SAVED:
            setattr(self, name, state.get(name, getattr(self, name)))
        for p, saved in self._saved_buffers(state):
            self.state[p][BUFFER] = saved.detach().to(p.device, copy=True)
