"""alig.tf.AliG, in graphs and sessions; collected only where TensorFlow is installed."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow  # pyright: ignore[reportMissingImports] optional

from alig.tf import AliG
from alig_oracle.trace import decode, encode

tf: Any = tensorflow.compat.v1


def test_every_recorded_trace_is_reproduced_bitwise(tf_traces: Path):
    lines = [json.loads(line) for line in tf_traces.read_text().splitlines()[1:]]
    assert len(lines) == 150
    differing = [line["id"] for line in lines if _steps(line) != _recorded(line)]
    assert differing == []


def test_a_variable_without_a_gradient_is_left_alone():
    with tf.Graph().as_default(), tf.Session() as session:
        used, unused = tf.Variable(3.0), tf.Variable(5.0)
        train = AliG(eps=0.0).minimize(tf.identity(used), var_list=[used, unused])
        session.run(tf.global_variables_initializer())
        session.run(train)
        assert session.run([used, unused]) == [0.0, 5.0]


def test_no_gradient_at_all_is_refused():
    with tf.Graph().as_default(), pytest.raises(ValueError, match="no variable has a gradient"):
        AliG().minimize(tf.constant(1.0), var_list=[tf.Variable(1.0, name="w")])


@pytest.mark.parametrize("name", ["max_lr", "momentum", "eps"])
@pytest.mark.parametrize("value", [-0.5, float("nan"), np.float32("nan")])
def test_a_setting_that_is_negative_or_nan_is_refused(name: str, value: Any):
    with pytest.raises(ValueError, match=f"{name} must be >= 0, was {value}"):
        AliG(**{name: value})


def test_a_cap_may_be_a_tensor():
    with tf.Graph().as_default(), tf.Session() as session:
        w = tf.Variable(3.0)
        train = AliG(max_lr=tf.constant(0.5), eps=0.0).minimize(tf.identity(w), var_list=[w])
        session.run(tf.global_variables_initializer())
        session.run(train)
        assert session.run(w) == 2.5


def _recorded(line: dict[str, Any]) -> list[dict[str, Any]]:
    return [step["expected"] for step in line["steps"]]


def _steps(line: dict[str, Any]) -> list[dict[str, Any]]:
    """Run a recorded case: the loss is fed, and its gradients are fed through a custom one."""
    (group,) = line["groups"]
    dtype = np.dtype(line["dtype"])
    momentum = decode(group["momentum"])
    with tf.Graph().as_default(), tf.Session() as session:
        loss, feeds, variables = _graph(group, dtype)
        optimizer = AliG(decode(group["max_lr"]), momentum, eps=line["eps"])
        train = optimizer.minimize(loss, var_list=variables)
        buffers = [optimizer.get_slot(v, "momentum") for v in variables] if momentum else []
        session.run(tf.global_variables_initializer())
        results = []
        for step in line["steps"]:
            values = [decode(step["loss"]), *map(decode, step["gradients"][0])]
            shaped = [
                np.array(v, dtype).reshape(f.shape) for v, f in zip(values, feeds, strict=True)
            ]
            fed = dict(zip(feeds, shaped, strict=True))
            step_size, _ = session.run([optimizer._learning_rate, train], fed)
            results.append(
                {
                    "step_size": encode(float(step_size)),
                    "parameters": _values(session.run(variables)),
                    "buffers": _values(session.run(buffers))
                    if momentum
                    else [None] * len(variables),
                }
            )
        return results


def _graph(group: dict[str, Any], dtype: np.dtype) -> tuple[Any, list[Any], list[Any]]:
    variables = [
        tf.Variable(np.array(decode(values), dtype).reshape(shape))
        for shape, values in zip(group["shapes"], group["initial"], strict=True)
    ]
    fed_loss = tf.placeholder(dtype, [])
    fed_gradients = [tf.placeholder(dtype, shape) for shape in group["shapes"]]

    @tf.custom_gradient
    def scripted(*values: Any) -> Any:
        return tf.identity(fed_loss), lambda upstream, variables=None: fed_gradients

    return scripted(*variables), [fed_loss, *fed_gradients], variables


def _values(arrays: list[Any]) -> list[list[str]]:
    return [encode(np.asarray(array, "float64").ravel().tolist()) for array in arrays]
