"""The network of ``exported`` in torch; it says how far other steps are from those of alig.th.

``python -m alig_oracle.exported_twin FOLDER TRACE…`` prints one line of JSON per trace.

Each step is compared with one step of ``alig.th`` from the same state, so that differences do
not add up. The bound follows from the rounding errors of both sides. With u = 2⁻⁵³:

- The loss and each gradient are sums of products of parameters and data. If no product goes
  through more than K roundings, a computed value differs from the exact one by at most
  γ = Ku / (1 − Ku) times the same sum over absolute values. That sum is the same network
  and its gradient with absolute values everywhere, and with + in place of −.
- A relu passes on a value or zero, and the same on both sides if no input of it is nearer to
  zero than its error. That is checked.
- The step size and the update are a few roundings more, whose bounds are in ``_bounds``.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from alig.th import AliG

from .exported import TRAINED, Data

U = 2.0**-53
#: Roundings in a few further operations on numbers that are bounded already.
FEW = 8 * U


@dataclass
class Values:
    """The loss, its gradients and the smallest input of a relu at some parameters."""

    loss: float
    gradients: dict[str, Tensor]
    kinks: Tensor


class Twin:
    """The network and its optimizer, in float64."""

    def __init__(self, data: Data):
        """Take the data over."""
        self.data = data
        shapes = {name: value.shape for name, value in data.parameters.items()}
        inputs, hidden = shapes["dense/kernel"]
        rows = data.y.shape[0]
        # frozen, dense, its bias, out, its bias, and the label's subtraction.
        forward = shapes["frozen"][0] + inputs + 1 + hidden + 1 + 1
        # Twice, because the loss is a square, and a gradient goes forward and back through layers
        # that are narrower backwards. Then the sums over the mean and over the batch, and three for
        # the square or its derivative and the mean's division.
        self.roundings = 2 * forward + data.y.size + rows + 3
        self.gamma = self.roundings * U / (1 - self.roundings * U)

    def values(self, parameters: dict[str, Tensor], *, absolute: bool = False) -> Values:
        """Return the loss and gradients, or those with absolute values in all places."""

        def given(value: Any) -> Tensor:
            return torch.as_tensor(value).abs() if absolute else torch.as_tensor(value)

        leaves = {n: given(p.detach()).clone().requires_grad_() for n, p in parameters.items()}
        frozen = given(self.data.parameters["frozen"])
        rows = leaves["embedding"][torch.as_tensor(self.data.ids, dtype=torch.long)]
        inputs = torch.cat([rows, given(self.data.x) @ frozen], 1)
        kinks = inputs @ leaves["dense/kernel"] + leaves["dense/bias"]
        prediction = torch.relu(kinks) @ leaves["out/kernel"] + leaves["out/bias"]
        y = given(self.data.y)
        loss = (prediction + y if absolute else prediction - y).square().mean()
        loss.backward()
        gradients = {n: torch.as_tensor(p.grad) for n, p in leaves.items()}
        return Values(loss.item(), gradients, kinks.detach())

    def step(self, before: dict[str, Any]) -> tuple[dict[str, Any], Values]:
        """Take one step of alig.th from a state; return what it gives."""
        parameters = _tensors(before["parameters"], self.data)
        for p in parameters.values():
            p.requires_grad_()
        optimizer = AliG(parameters.values(), max_lr=self.data.max_lr, momentum=self.data.momentum)
        momentum = _tensors(before["momentum"], self.data)
        for name, p in parameters.items():
            optimizer.state[p]["momentum_buffer"] = momentum[name]
        values = self.values(parameters)
        for name, p in parameters.items():
            p.grad = values.gradients[name]
        optimizer.step(values.loss)
        after = {"parameters": parameters, "momentum": momentum}
        return {"loss": values.loss, "step_size": optimizer.step_size, "after": after}, values

    def bounds(self, before: dict[str, Any], values: Values) -> dict[str, Any]:
        """Return how far two right results of a step may be apart."""
        parameters = _tensors(before["parameters"], self.data)
        absolute = self.values(parameters, absolute=True)
        nearest = (values.kinks.abs() - 2 * self.gamma * absolute.kinks).min()
        if not nearest > 0:
            raise ValueError("an input of a relu may be zero; draw other data")
        loss = 2 * self.gamma * absolute.loss
        gradients = {n: 2 * self.gamma * g for n, g in absolute.gradients.items()}
        step_size, error = self._step_size(values, loss, gradients)
        mu = self.data.momentum
        after: dict[str, Any] = {"parameters": {}, "momentum": {}}
        for name, g in values.gradients.items():
            v = torch.as_tensor(before["momentum"][name]).reshape(g.shape).abs()
            moved = (step_size + error) * gradients[name] + error * g.abs()
            size = (step_size + error) * (g.abs() + gradients[name]) + mu * v
            after["momentum"][name] = moved + FEW * size
            p = parameters[name].abs()
            after["parameters"][name] = (1 + mu) * moved + FEW * (p + 2 * size)
        return {"loss": loss, "step_size": error, "after": after}

    def _step_size(self, v: Values, loss: float, g: dict[str, Tensor]) -> tuple[float, float]:
        """Return the step size and how far two right ones may be apart."""
        square = sum(float(x.square().sum()) for x in v.gradients.values())
        terms = sum(x.numel() for x in v.gradients.values())
        off = sum(float((2 * x.abs() * g[n] + g[n].square()).sum()) for n, x in v.gradients.items())
        off += 2 * (terms * U + FEW) * square
        exact = v.loss / (square + 1e-5)
        most = (v.loss + loss) / (square - off + 1e-5) * (1 + FEW)
        least = (v.loss - loss) / (square + off + 1e-5) * (1 - FEW)
        cap = self.data.max_lr
        return min(exact, cap), min(most, cap) - min(least, cap)


def _tensors(values: dict[str, Any], data: Data) -> dict[str, Tensor]:
    return {
        n: torch.tensor(values[n], dtype=torch.float64).reshape(data.parameters[n].shape)
        for n in TRAINED
    }


def compare(twin: Twin, trace: list[dict[str, Any]]) -> dict[str, float]:
    """Return the largest difference, and the largest in units of its bound."""
    largest = ratio = 0.0
    capped = 0
    for step in trace:
        expected, values = twin.step(step["before"])
        bounds = twin.bounds(step["before"], values)
        capped += step["step_size"] == twin.data.max_lr
        for given, right, bound in _pairs(step, expected, bounds):
            off = np.abs(given - right)
            largest = max(largest, float(off.max()))
            ratio = max(ratio, _ratio(off, bound))
    return {"steps": len(trace), "capped": capped, "largest": largest, "ratio": ratio}


def _pairs(step: dict[str, Any], expected: dict[str, Any], bounds: dict[str, Any]) -> Any:
    for name in ("loss", "step_size"):
        yield np.array(step[name]), np.array(expected[name]), np.array(bounds[name])
    for part in ("parameters", "momentum"):
        for name in TRAINED:
            right = expected["after"][part][name].detach().numpy().ravel()
            bound = bounds["after"][part][name].numpy().ravel()
            yield np.array(step["after"][part][name]), right, bound


def _ratio(off: Any, bound: Any) -> float:
    """Return the largest quotient, in which 0/0 is 0; NaN counts as infinitely wrong."""
    quotient = np.where(off == 0, 0, off / np.where(bound == 0, np.finfo(float).tiny, bound))
    return float(np.nan_to_num(quotient, nan=np.inf).max())


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    network = Twin(Data(folder))
    for trace_name in sys.argv[2:]:
        steps = json.loads((folder / trace_name).read_text(encoding="utf-8"))
        print(json.dumps(compare(network, steps)))
