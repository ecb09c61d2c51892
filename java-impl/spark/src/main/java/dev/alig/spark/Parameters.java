package dev.alig.spark;

import java.io.Serializable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network's parameters and counters, which a step computes its gradients from.
 *
 * @param values {@code double[]} for a DOUBLE network, otherwise {@code float[]}, which holds FLOAT
 *     and the half types exactly
 */
record Parameters(int iterations, int epochs, Serializable values) implements Serializable {
  static Parameters of(Network network) {
    INDArray all = network.model().params();
    INDArray flat = all.reshape(all.length());
    return new Parameters(
        network.iterations(),
        network.epochs(),
        all.dataType() == DataType.DOUBLE ? flat.toDoubleVector() : flat.toFloatVector());
  }

  void copyTo(Network network) {
    network.setCounts(iterations, epochs);
    INDArray all = network.model().params();
    INDArray copy =
        values instanceof double[] doubles
            ? Nd4j.createFromArray(doubles)
            : Nd4j.createFromArray((float[]) values);
    all.reshape(all.length()).assign(copy.castTo(all.dataType()));
  }
}
