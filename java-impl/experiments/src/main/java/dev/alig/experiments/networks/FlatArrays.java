package dev.alig.experiments.networks;

import dev.alig.experiments.Snapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The two arrays that hold all of a Deeplearning4j graph: parameters with running statistics, and
 * the updater's state.
 */
final class FlatArrays {
  private final Map<String, INDArray> arrays = new LinkedHashMap<>();

  FlatArrays(ComputationGraph graph) {
    arrays.put("parameters", graph.params());
    INDArray state = graph.getUpdater().getStateViewArray();
    if (state != null) {
      arrays.put("updater", state);
    }
  }

  Snapshot save() {
    Map<String, byte[]> saved = new TreeMap<>();
    arrays.forEach((name, array) -> saved.put(name, bytes(array)));
    return new Snapshot(saved);
  }

  /** Sets both arrays; sets neither if one does not fit. */
  void restore(Snapshot snapshot) {
    if (!snapshot.arrays().keySet().equals(arrays.keySet())) {
      throw new IllegalArgumentException(
          "the saved state has %s, this model has %s"
              .formatted(snapshot.arrays().keySet(), arrays.keySet()));
    }
    snapshot.arrays().forEach((name, bytes) -> requireFits(name, bytes.length));
    snapshot
        .arrays()
        .forEach((name, bytes) -> arrays.computeIfPresent(name, (n, array) -> set(array, bytes)));
  }

  private void requireFits(String name, int given) {
    INDArray array = arrays.getOrDefault(name, Nd4j.empty());
    long size = array.length() * array.dataType().width();
    if (given != size) {
      throw new IllegalArgumentException(
          "the saved state has %d bytes of %s, this model has %d".formatted(given, name, size));
    }
  }

  private static byte[] bytes(INDArray array) {
    byte[] saved = new byte[Math.toIntExact(array.length() * array.dataType().width())];
    ByteBuffer bytes = ByteBuffer.wrap(saved).order(ByteOrder.LITTLE_ENDIAN);
    INDArray flat = Nd4j.toFlattened('c', array);
    if (array.dataType() == DataType.FLOAT) {
      bytes.asFloatBuffer().put(flat.toFloatVector());
    } else {
      bytes.asDoubleBuffer().put(flat.toDoubleVector());
    }
    return saved;
  }

  /** Sets an array in place, because the network's arrays are views of it. */
  private static INDArray set(INDArray array, byte[] saved) {
    ByteBuffer bytes = ByteBuffer.wrap(saved).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(array.length());
    if (array.dataType() == DataType.FLOAT) {
      float[] values = new float[length];
      bytes.asFloatBuffer().get(values);
      return array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
    }
    double[] values = new double[length];
    bytes.asDoubleBuffer().get(values);
    return array.assign(Nd4j.createFromArray(values).reshape(array.shape()));
  }
}
