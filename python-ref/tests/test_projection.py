"""alig.th.projection.l2_projection."""

import math

import pytest
import torch

from alig.th import AliG
from alig.th.projection import l2_projection

from problems import parameter


def test_outside_the_ball_all_parameters_are_scaled_onto_it():
    w = [parameter([6.0]), parameter([[8.0]])]
    l2_projection(w, max_norm=5.0)
    # The root is off by at most 2 u, as u = 2^-53; quotient and product are rounded once each.
    values = [value for p in w for value in p.flatten().tolist()]
    assert values == pytest.approx([3.0, 4.0], rel=5 * 2.0**-53, abs=0)


@pytest.mark.parametrize("radius", [5.0, 6.0, math.inf])
def test_inside_the_ball_nothing_changes(radius: float):
    w = parameter([3.0, 4.0])
    l2_projection([w], max_norm=radius)
    assert w.tolist() == [3.0, 4.0]


def test_on_the_sphere_nothing_changes():
    w = parameter([49.0])
    # By torch's own root, whose last bit is the processor's. Scaling would multiply by
    # 49 * (1 / 49), which rounds to less than 1.
    norm = torch.sqrt(torch.tensor(49.0**2, dtype=torch.float64)).item()
    l2_projection([w], max_norm=norm)
    assert w.tolist() == [49.0]


@pytest.mark.parametrize("radius", [-1.0, -math.inf, math.nan])
def test_a_radius_without_meaning_is_refused(radius: float):
    w = parameter([3.0, 4.0])
    with pytest.raises(ValueError, match=f"max_norm must be >= 0, was {radius}"):
        l2_projection([w], max_norm=radius)
    assert w.tolist() == [3.0, 4.0]


def test_no_radius_is_no_ball():
    w = parameter([3e10])
    l2_projection([w], max_norm=None)
    assert w.tolist() == [3e10]


def test_a_nan_norm_leaves_the_parameters_alone():
    w = parameter([math.nan, 8.0])
    l2_projection([w], max_norm=1.0)
    assert w.tolist()[1] == 8.0


def test_an_infinite_norm_scales_by_zero():
    w = parameter([math.inf, 8.0])
    l2_projection([w], max_norm=1.0)
    assert math.isnan(w.tolist()[0])
    assert w.tolist()[1] == 0.0


def test_a_fresh_iterator_is_scaled_too():
    model = torch.nn.Linear(2, 1, bias=False)
    torch.nn.init.constant_(model.weight, 8.0)
    l2_projection(model.parameters(), max_norm=math.sqrt(2))
    torch.testing.assert_close(model.weight, torch.ones(1, 2))


def test_an_exhausted_iterator_is_refused():
    parameters = iter([parameter([6.0, 8.0])])
    l2_projection(parameters, max_norm=5.0)
    with pytest.raises(TypeError, match=r"exhausted list_iterator.*Pass a list"):
        l2_projection(parameters, max_norm=5.0)


def test_a_generator_that_the_optimizer_has_read_is_refused_at_construction():
    model = torch.nn.Linear(2, 1)
    parameters = model.parameters()
    with pytest.raises(TypeError, match="exhausted generator as parameters"):
        AliG(parameters, projection_fn=lambda: l2_projection(parameters, max_norm=1.0))


def test_an_empty_list_is_nothing_to_project():
    nothing: list[torch.Tensor] = []
    l2_projection(nothing, max_norm=1.0)
    assert nothing == []


def test_the_call_in_the_docs_projects_at_construction_and_after_a_step():
    model = torch.nn.Linear(2, 1, bias=False)
    torch.nn.init.constant_(model.weight, 1e3)
    optimizer = AliG(
        model.parameters(),
        max_lr=0.1,
        momentum=0.9,
        projection_fn=lambda: l2_projection(model.parameters(), max_norm=100),
    )
    assert float(model.weight.norm().detach()) == pytest.approx(100, rel=1e-6)
    model.weight.grad = torch.full((1, 2), -1e6)
    optimizer.step(1e12)
    assert float(model.weight.norm().detach()) == pytest.approx(100, rel=1e-6)
