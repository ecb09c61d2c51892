"""Models that Python's TensorFlow writes and Java trains, and which Python trains on.

``python -m alig_oracle.exported write|resume FOLDER`` runs where TensorFlow is installed.
``FOLDER/data.json`` has the parameters and data of a small network, which
``exported_twin`` computes in torch. It is written in three kinds:

- ``graph``: a GraphDef with resource variables, function calls and a saver of Python's
- ``module``: a SavedModel of a ``tf.Module``, one of whose signatures returns the loss
- ``keras``: a SavedModel by Keras's ``model.export``, with a frozen layer
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: The parameters that are trained; the other one, "frozen", is not.
TRAINED = ("embedding", "dense/kernel", "dense/bias", "out/kernel", "out/bias")
#: The names of variables of Keras, where they differ.
KERAS = {"embedding": "embedding/embeddings", "frozen": "frozen/kernel"}
STEPS = 5

Parameters = dict[str, NDArray[np.float64]]


def tensorflow() -> Any:
    """Return the module, which uses no GPU and says only what goes wrong."""
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import tensorflow  # pyright: ignore[reportMissingImports] it has an environment of its own

    return tensorflow


class Data:
    """What ``data.json`` holds: parameters, a batch, and settings of the optimizer."""

    def __init__(self, folder: Path):
        """Read it."""
        read = json.loads((folder / "data.json").read_text(encoding="utf-8"))
        self.parameters: Parameters = {n: np.array(v) for n, v in read["parameters"].items()}
        self.x = np.array(read["x"])
        self.ids = np.array(read["ids"], np.int32)
        self.y = np.array(read["y"])
        self.max_lr: float = read["max_lr"]
        self.momentum: float = read["momentum"]


def _variables(tf: Any, data: Data) -> Any:
    return {
        name: tf.Variable(value, name=name, trainable=name in TRAINED)
        for name, value in data.parameters.items()
    }


def _network(tf: Any, v: dict[str, Any], x: Any, ids: Any) -> tuple[Any, Any]:
    """Return what the network makes of a batch, in the hidden layer and in the end."""
    inputs = tf.concat([tf.gather(v["embedding"], ids), x @ v["frozen"]], 1)
    hidden = tf.nn.relu(inputs @ v["dense/kernel"] + v["dense/bias"])
    return hidden, hidden @ v["out/kernel"] + v["out/bias"]


def _mean_square(tf: Any, prediction: Any, y: Any) -> Any:
    return tf.reduce_mean(tf.math.squared_difference(prediction, y))


def write(folder: Path) -> None:
    """Write the models."""
    tf, data = tensorflow(), Data(folder)
    with tf.Graph().as_default() as graph:
        variables = _graph(tf, data)
        tf.compat.v1.train.Saver(list(variables.values()))
        definition = graph.as_graph_def().SerializeToString()
    (folder / "graph.pb").write_bytes(definition)
    module, signatures = _module(tf, data)
    words = folder / "words.txt"
    words.write_text("zero\none\ntwo\n", encoding="utf-8")
    signatures["place"] = _table(tf, module, str(words))
    tf.saved_model.save(module, str(folder / "module"), signatures=signatures)
    words.unlink()  # The SavedModel has a copy.
    model = _keras(data)
    model.export(str(folder / "keras"), verbose=False)
    tf.saved_model.save(model, str(folder / "keras-saved"))


def _graph(tf: Any, data: Data) -> Any:
    """Build the network and its loss in the default graph; the network is a function."""
    variables = _variables(tf, data)
    tf1 = tf.compat.v1
    x = tf1.placeholder(tf.float64, [None, data.x.shape[1]], name="x")
    ids = tf1.placeholder(tf.int32, [None], name="ids")
    y = tf1.placeholder(tf.float64, [None, data.y.shape[1]], name="y")
    _, prediction = tf.function(lambda x, ids: _network(tf, variables, x, ids))(x, ids)
    tf.identity(_mean_square(tf, prediction, y), name="loss")
    tf.group(*(v.initializer for v in variables.values()), name="initialize")
    return variables


def _module(tf: Any, data: Data) -> tuple[Any, dict[str, Any]]:
    """Return a module and its signatures. It counts how often it computes its loss."""
    module = tf.Module()
    module.parameters = _variables(tf, data)
    module.count = tf.Variable(0.0, name="count", trainable=False, dtype=tf.float64)
    network = tf.function(lambda x, ids: _network(tf, module.parameters, x, ids))

    @tf.function
    def loss(x: Any, ids: Any, y: Any) -> dict[str, Any]:
        module.count.assign_add(1.0)
        _, prediction = network(x, ids)
        return {"loss": _mean_square(tf, prediction, y), "count": module.count.read_value()}

    x = tf.TensorSpec([None, data.x.shape[1]], tf.float64)
    ids = tf.TensorSpec([None], tf.int32)
    y = tf.TensorSpec([None, data.y.shape[1]], tf.float64)
    return module, {"train": loss.get_concrete_function(x, ids, y)}


def _table(tf: Any, module: Any, words: str) -> Any:
    """Return a signature that looks words up in a table, which a file of the model fills."""
    lines, numbers = tf.lookup.TextFileIndex.WHOLE_LINE, tf.lookup.TextFileIndex.LINE_NUMBER
    rows = tf.lookup.TextFileInitializer(words, tf.string, lines, tf.int64, numbers)
    module.table = tf.lookup.StaticHashTable(rows, -1)
    place = tf.function(lambda word: {"row": module.table.lookup(word)})
    return place.get_concrete_function(tf.TensorSpec([None], tf.string, "word"))


def _keras(data: Data) -> Any:
    import keras  # pyright: ignore[reportMissingImports] it comes with TensorFlow

    keras.config.set_floatx("float64")
    layers, p = keras.layers, data.parameters
    ids = keras.Input((), dtype="int32", name="ids")
    x = keras.Input((data.x.shape[1],), name="x")
    frozen = layers.Dense(p["frozen"].shape[1], use_bias=False, name="frozen", trainable=False)
    rows = layers.Embedding(*p["embedding"].shape, name="embedding")(ids)
    hidden = layers.Dense(p["dense/kernel"].shape[1], activation="relu", name="dense")(
        layers.Concatenate()([rows, frozen(x)])
    )
    out = layers.Dense(p["out/kernel"].shape[1], name="out")(hidden)
    model = keras.Model([ids, x], out)
    values = {KERAS.get(name, name): value for name, value in p.items()}
    for variable in model.variables:
        variable.assign(values[variable.path])
    return model


def resume(folder: Path) -> None:
    """Read what Java has saved, take further steps, and write ``KIND-python.json``."""
    tf, data = tensorflow(), Data(folder)
    _write(folder, "graph", _resume_graph(tf, data, str(folder / "graph-trained")))
    for kind, signature in {"module": "train", "keras": "serving_default"}.items():
        model = tf.saved_model.load(str(folder / f"{kind}-exported"))
        variables = model.parameters if kind == "module" else _by_name(model.variables)
        call = model.signatures[signature]
        loss = _loss(tf, data, call, kind)
        saved = tf.train.load_checkpoint(str(folder / f"{kind}-trained"))
        _write(folder, kind, _resume_eagerly(tf, data, variables, loss, _momentum(saved)))


def _by_name(variables: list[Any]) -> Any:
    ours = {theirs: name for name, theirs in KERAS.items()}
    return {ours.get(v.name[:-2], v.name[:-2]): v for v in variables}


def _loss(tf: Any, data: Data, call: Any, kind: str) -> Any:
    x, ids, y = tf.constant(data.x), tf.constant(data.ids), tf.constant(data.y)
    if kind == "module":
        return lambda: call(x=x, ids=ids, y=y)["loss"]
    return lambda: _mean_square(tf, call(x=x, ids=ids)["output_0"], y)


def _momentum(saved: Any) -> Parameters:
    """Return the momentum in a checkpoint; Keras numbers the names of its variables."""
    found = {}
    for name in TRAINED:
        names = [f"{name}-momentum", f"{KERAS.get(name, name)}_1-momentum"]
        found[name] = saved.get_tensor(next(n for n in names if saved.has_tensor(n)))
    return found


def _resume_eagerly(
    tf: Any, data: Data, variables: Any, loss: Any, momentum: Parameters
) -> list[dict[str, Any]]:
    def gradients() -> tuple[float, Parameters]:
        with tf.GradientTape() as tape:
            value = loss()
        found = tape.gradient(value, [variables[name] for name in TRAINED])
        dense = [tf.convert_to_tensor(gradient).numpy() for gradient in found]
        return float(value), dict(zip(TRAINED, dense, strict=True))

    def assign(values: Parameters) -> None:
        for name, value in values.items():
            variables[name].assign(value)

    parameters = {name: variables[name].numpy() for name in TRAINED}
    return _steps(data, parameters, momentum, gradients, assign)


def _resume_graph(tf: Any, data: Data, prefix: str) -> list[dict[str, Any]]:
    """Go on in a graph with a saver of Python's that reads variables and momentum."""
    tf1 = tf.compat.v1
    with tf.Graph().as_default() as graph, tf1.Session() as session:
        variables = _graph(tf, data)
        slots = {n: tf.Variable(variables[n].initial_value, name=f"{n}-momentum") for n in TRAINED}
        saver = tf1.train.Saver([*variables.values(), *slots.values()])
        trained = [variables[name] for name in TRAINED]
        loss = graph.get_tensor_by_name("loss:0")
        dense = [tf.convert_to_tensor(g) for g in tf1.gradients(loss, trained)]
        given = {name: tf1.placeholder(tf.float64) for name in TRAINED}
        assigned = [variables[name].assign(value) for name, value in given.items()]
        feeds = {"x:0": data.x, "ids:0": data.ids, "y:0": data.y}

        def gradients() -> tuple[float, Parameters]:
            value, found = session.run([loss, dense], feeds)
            return float(value), dict(zip(TRAINED, found, strict=True))

        def assign(values: Parameters) -> None:
            session.run(assigned, {given[name]: value for name, value in values.items()})

        saver.restore(session, prefix)
        momentum = session.run(slots)
        parameters = session.run(dict(zip(TRAINED, trained, strict=True)))
        return _steps(data, parameters, momentum, gradients, assign)


def _steps(
    data: Data, parameters: Parameters, momentum: Parameters, gradients: Any, assign: Any
) -> list[dict[str, Any]]:
    """Take steps with the gradients of Python's TensorFlow; return a trace."""
    trace = []
    for _ in range(STEPS):
        loss, g = gradients()
        square = sum(float(np.sum(gradient * gradient)) for gradient in g.values())
        step_size = min(loss / (square + 1e-5), data.max_lr)
        before = _state(parameters, momentum)
        momentum = {n: data.momentum * v - step_size * g[n] for n, v in momentum.items()}
        parameters = {
            n: p - step_size * g[n] + data.momentum * momentum[n] for n, p in parameters.items()
        }
        assign(parameters)
        after = _state(parameters, momentum)
        trace.append({"loss": loss, "step_size": step_size, "before": before, "after": after})
    return trace


def _state(parameters: Parameters, momentum: Parameters) -> dict[str, Any]:
    lists = [
        {n: v.ravel().tolist() for n, v in values.items()} for values in (parameters, momentum)
    ]
    return {"parameters": lists[0], "momentum": lists[1]}


def _write(folder: Path, kind: str, trace: list[dict[str, Any]]) -> None:
    (folder / f"{kind}-python.json").write_text(json.dumps(trace), encoding="utf-8")


if __name__ == "__main__":
    {"write": write, "resume": resume}[sys.argv[1]](Path(sys.argv[2]))
