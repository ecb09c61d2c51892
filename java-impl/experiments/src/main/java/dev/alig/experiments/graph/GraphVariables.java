package dev.alig.experiments.graph;

import dev.alig.experiments.Snapshot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.RawTensor;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TType;

/**
 * All variables of a graph: parameters, an optimizer's slots, running statistics. They are saved
 * and restored as the bytes that TensorFlow holds.
 */
public final class GraphVariables {
  private final Map<String, Held<?>> all = new TreeMap<>();

  /** A variable and how to set it. */
  private record Held<T extends TType>(Output<T> variable, Placeholder<T> value, Op assign) {
    static <T extends TType> Held<T> of(Ops tf, Output<T> variable) {
      Placeholder<T> value = tf.placeholder(variable.type(), Placeholder.shape(variable.shape()));
      return new Held<>(variable, value, tf.assign(variable, value));
    }

    Tensor tensor(String name, byte[] bytes) {
      Tensor tensor = Tensor.of(variable.type(), variable.shape());
      RawTensor raw = tensor.asRawTensor();
      if (raw.numBytes() != bytes.length) {
        long size = raw.numBytes();
        tensor.close();
        throw new IllegalArgumentException(
            "variable %s has %d bytes, was given %d".formatted(name, size, bytes.length));
      }
      raw.data().write(bytes);
      return tensor;
    }
  }

  /** Collects the variables that a graph has now; add the optimizer first. */
  public GraphVariables(Graph graph) {
    Ops tf = Ops.create(graph).withSubScope("restore");
    List<GraphOperation> variables = new ArrayList<>();
    for (Iterator<GraphOperation> i = graph.operations(); i.hasNext(); ) {
      GraphOperation operation = i.next();
      if (operation.type().equals("VariableV2")) {
        variables.add(operation);
      }
    }
    for (GraphOperation variable : variables) {
      Output<? extends TType> output = variable.output(0);
      all.put(variable.name(), Held.of(tf, output));
    }
  }

  /** The names of all variables. */
  public Iterable<String> names() {
    return all.keySet();
  }

  /** The values of the variables in a session. */
  public Snapshot save(Session session) {
    Session.Runner runner = session.runner();
    all.values().forEach(held -> runner.fetch(held.variable));
    try (Result result = runner.run()) {
      Map<String, byte[]> arrays = new LinkedHashMap<>();
      int next = 0;
      for (String name : all.keySet()) {
        RawTensor raw = result.get(next++).asRawTensor();
        byte[] bytes = new byte[Math.toIntExact(raw.numBytes())];
        raw.data().read(bytes);
        arrays.put(name, bytes);
      }
      return new Snapshot(arrays);
    }
  }

  /**
   * Sets all variables.
   *
   * @throws IllegalArgumentException if one is missing, unknown or of another size; none is set
   *     then
   */
  public void restore(Session session, Snapshot snapshot) {
    if (!snapshot.arrays().keySet().equals(all.keySet())) {
      throw new IllegalArgumentException(
          "the model's variables are %s, the saved ones %s"
              .formatted(all.keySet(), snapshot.arrays().keySet()));
    }
    List<Tensor> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (Map.Entry<String, byte[]> array : snapshot.arrays().entrySet()) {
        Held<?> held = all.get(array.getKey());
        if (held != null) {
          Tensor tensor = held.tensor(array.getKey(), array.getValue());
          tensors.add(tensor);
          runner.feed(held.value.asOutput(), tensor).addTarget(held.assign);
        }
      }
      runner.run().close();
    } finally {
      tensors.forEach(Tensor::close);
    }
  }
}
