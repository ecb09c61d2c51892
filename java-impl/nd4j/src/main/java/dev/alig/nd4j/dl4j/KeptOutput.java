package dev.alig.nd4j.dl4j;

import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Keeps what an output layer computed in the backward pass for the score that follows. */
final class KeptOutput implements Serializable {
  private static final long serialVersionUID = 1;

  private boolean backwards;
  private @Nullable INDArray kept;

  /** Runs a backward pass and keeps its output. */
  <T> T during(Supplier<T> backwardPass) {
    backwards = true;
    try {
      return backwardPass.get();
    } finally {
      backwards = false;
    }
  }

  /** The output before its activation: that of the preceding backward pass, if there was one. */
  @SuppressWarnings("try")
  INDArray output(boolean training, Supplier<INDArray> compute) {
    if (backwards) {
      INDArray output = compute.get();
      try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        kept = output.dup();
      }
      return output;
    }
    INDArray output = kept;
    kept = null;
    return training && output != null ? output : compute.get();
  }

  void forget() {
    kept = null;
  }
}
