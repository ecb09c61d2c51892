"""alig.th.AliG under torch's GradScaler: the loss that step gets is the one before scaling."""

import math

import pytest
import torch

from alig.th import AliG

SCALE = 2.0**16


def _training() -> tuple[torch.nn.Linear, AliG, torch.amp.GradScaler]:
    torch.manual_seed(0)
    model = torch.nn.Linear(4, 1)
    optimizer = AliG(model.parameters(), max_lr=0.1, momentum=0.5)
    return model, optimizer, torch.amp.GradScaler("cpu", init_scale=SCALE)


def _loss(model: torch.nn.Linear) -> torch.Tensor:
    return (model(torch.arange(8.0).reshape(2, 4)) - 1).square().mean()


@pytest.mark.parametrize("by_hand", [False, True])
@pytest.mark.parametrize("as_function", [False, True])
def test_scaled_steps_are_the_unscaled_ones_bit_for_bit(by_hand: bool, as_function: bool):
    plain, reference, _ = _training()
    model, optimizer, scaler = _training()
    for _ in range(5):
        reference.zero_grad()
        loss = _loss(plain)
        loss.backward()
        reference.step(loss)

        optimizer.zero_grad()
        loss = _loss(model)
        scaler.scale(loss).backward()
        if by_hand:
            scaler.unscale_(optimizer)
        value = loss.detach()
        # Positional: torch's scaler refuses the keyword closure.
        scaler.step(optimizer, (lambda value=value: value) if as_function else value)
        scaler.update()
        # The scale is a power of two, so that it changes no bit.
        assert torch.equal(model.weight, plain.weight)
        assert optimizer.step_size == reference.step_size


def test_a_step_with_an_infinite_gradient_is_skipped():
    model, optimizer, scaler = _training()
    loss = _loss(model)
    scaler.scale(loss).backward()
    assert model.weight.grad is not None
    model.weight.grad[0, 0] = math.inf
    before = [p.detach().clone() for p in model.parameters()]
    scaler.step(optimizer, loss)
    scaler.update()
    for p, value in zip(model.parameters(), before, strict=True):
        assert torch.equal(p, value)
        assert torch.equal(optimizer.state[p]["momentum_buffer"], torch.zeros_like(value))
    assert optimizer.step_size is None
    assert scaler.get_scale() == SCALE / 2


def test_the_scaled_loss_would_make_the_step_too_long_by_the_scale():
    model, optimizer, scaler = _training()
    optimizer.param_groups[0]["max_lr"] = None
    loss = _loss(model)
    scaler.scale(loss).backward()
    scaler.unscale_(optimizer)
    optimizer.compute_step_size(loss)
    right = optimizer.step_size
    assert right is not None
    optimizer.compute_step_size(scaler.scale(loss))
    assert optimizer.step_size == SCALE * right


def test_a_scaler_without_the_loss_says_what_to_do():
    model, optimizer, scaler = _training()
    scaler.scale(_loss(model)).backward()
    with pytest.raises(TypeError, match=r"with a GradScaler, scaler.step\(optimizer, loss\)"):
        scaler.step(optimizer)
