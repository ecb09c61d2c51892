"""The ALI-G optimizer for TensorFlow 2's v1 API."""

from numbers import Real
from typing import Any

try:
    import tensorflow as _tensorflow  # pyright: ignore[reportMissingImports] optional
except ImportError as missing:
    raise ImportError(
        f"alig.tf needs TensorFlow 2, which cannot be imported ({missing}): run "
        'pip install "tensorflow==2.21.*", or install alig-python-ref[tf]'
    ) from missing

tf: Any = _tensorflow.compat.v1


class _AliGSteps:
    """Sets the learning rate of a v1 optimizer to ALI-G's step size in ``minimize``."""

    eps: float
    _max_lr: float | None

    def minimize(
        self,
        loss: Any,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = tf.train.Optimizer.GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        name: str | None = None,
        grad_loss: Any = None,
    ) -> Any:
        """Return the operation that takes one step, as v1 optimizers do.

        Variables without a gradient do not change. The arguments are those of v1
        optimizers; ``loss`` must be a scalar.

        Raises:
            ValueError: no variable has a gradient.
        """
        optimizer: Any = self
        pairs = optimizer.compute_gradients(
            loss,
            var_list=var_list,
            gate_gradients=gate_gradients,
            aggregation_method=aggregation_method,
            colocate_gradients_with_ops=colocate_gradients_with_ops,
            grad_loss=grad_loss,
        )
        optimizer._learning_rate = self._step_size(loss, pairs)
        return optimizer.apply_gradients(pairs, global_step=global_step, name=name)

    def _step_size(self, loss: Any, pairs: list[tuple[Any, Any]]) -> Any:
        gradients = [gradient for gradient, _ in pairs if gradient is not None]
        if not gradients:
            names = [variable.name for _, variable in pairs]
            raise ValueError(
                f"no variable has a gradient of the loss {loss}; the variables are {names}: "
                "check that the loss depends on them through differentiable operations"
            )
        squared_norm = sum(tf.norm(gradient) ** 2 for gradient in gradients)
        step = loss / (squared_norm + self.eps)
        if self._max_lr is None:
            return step
        return tf.clip_by_value(step, clip_value_min=0, clip_value_max=self._max_lr)


class AliGwithMomentum(_AliGSteps, tf.train.MomentumOptimizer):
    """ALI-G with TensorFlow's Nesterov momentum; :func:`AliG` creates it."""

    def __init__(
        self,
        max_lr: float | None = None,
        momentum: float = 0,
        use_locking: bool = False,
        name: str = "AliG",
        eps: float = 1e-5,
    ) -> None:
        tf.train.MomentumOptimizer.__init__(
            self, None, momentum, use_locking=use_locking, name=name, use_nesterov=True
        )
        self._max_lr = max_lr
        self.eps = eps


class AliGwithoutMomentum(_AliGSteps, tf.train.GradientDescentOptimizer):
    """ALI-G without momentum; :func:`AliG` creates it."""

    def __init__(
        self,
        max_lr: float | None = None,
        use_locking: bool = False,
        name: str = "AliG",
        eps: float = 1e-5,
    ) -> None:
        tf.train.GradientDescentOptimizer.__init__(self, None, use_locking=use_locking, name=name)
        self._max_lr = max_lr
        self.eps = eps


def AliG(  # noqa: N802 the authors' name
    max_lr: float | None = None,
    momentum: float = 0,
    use_locking: bool = False,
    name: str = "AliG",
    eps: float = 1e-5,
) -> AliGwithMomentum | AliGwithoutMomentum:
    """Return an ALI-G optimizer for v1 graphs; train with its ``minimize(loss)``.

    The step size is γ = ℓ / (Σ‖g‖² + eps), with ℓ the loss and g the gradients. If
    ``max_lr`` is set, γ is clipped to [0, max_lr], so a negative loss gives γ = 0.
    Without ``max_lr`` a negative loss gives a negative γ.

    Without momentum w <- w - γg. With momentum μ > 0, a <- μa + g, w <- w - γg - γμa,
    the adjusted form of ``alig.th``.

    Args:
        max_lr: the greatest step size, >= 0, or None for no clipping. A tensor is allowed,
            and is not checked.
        momentum: the momentum μ, >= 0; 0 creates no slots.
        use_locking: whether to lock the variables during updates.
        name: the prefix of the operations' names.
        eps: added to the squared gradient norm, >= 0.

    Raises:
        ValueError: momentum, eps or max_lr is negative or NaN.

    References:
        Berrada, Zisserman, Kumar, "Training Neural Networks for and by
        Interpolation", ICML 2020, arXiv:1906.05661.
    """
    for setting, value in [("max_lr", max_lr), ("momentum", momentum), ("eps", eps)]:
        if isinstance(value, Real) and not (float(value) >= 0):
            raise ValueError(f"{setting} must be >= 0, was {value}")
    if momentum > 0:
        return AliGwithMomentum(max_lr, momentum, use_locking, name, eps)
    return AliGwithoutMomentum(max_lr, use_locking, name, eps)
