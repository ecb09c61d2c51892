package dev.alig.nd4j;

import dev.alig.Settings;
import dev.alig.SquaredNorm;
import dev.alig.kernel.KernelVariant;
import dev.alig.kernel.Slice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Chooses how a step is computed: in ND4J's own memory, on copies, or in ND4J's operations.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
final class Passes<A> {
  private final Storage<A> storage;
  private final Optional<InPlacePass> inPlace;
  private final boolean onDevice;

  /**
   * The passes of one optimizer.
   *
   * @param operations whether steps are taken by ND4J's operations; half types are always copied
   */
  Passes(Storage<A> storage, KernelVariant kernel, boolean operations) {
    this.storage = storage;
    this.onDevice =
        operations && (storage.type() == DataType.FLOAT || storage.type() == DataType.DOUBLE);
    this.inPlace =
        storage
            .fusedStep(kernel)
            .filter(step -> !operations && isOnCpu())
            .map(step -> new InPlacePass(step, storage));
  }

  /** Whether ND4J's arrays lie in the host's memory. */
  static boolean isOnCpu() {
    return Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
  }

  /** The pass over gradients that have been checked. */
  Pass over(List<Group> groups, Settings settings, List<? extends @Nullable INDArray> gradients) {
    if (onDevice) {
      return new DevicePass(storage, groups, settings, gradients);
    }
    if (inPlace.isPresent() && inPlace.get().begin(groups, settings, gradients)) {
      return inPlace.get();
    }
    return new CopyingPass<>(storage, groups, settings, gradients);
  }

  /** Releases the arrays of the last pass. */
  void end() {
    inPlace.ifPresent(InPlacePass::end);
  }

  /** Projects all parameters onto the ball. */
  void project(List<Group> groups, Settings settings) {
    if (onDevice) {
      new DevicePass(storage, groups, settings, List.of()).project();
      return;
    }
    Draft<A> draft = new Draft<>(storage, settings);
    Group.parameters(groups).forEach(draft::keep);
    draft.project();
    draft.commit();
  }

  /** √Σ‖w‖² over all parameters. */
  double parameterNorm(List<Group> groups, Settings settings) {
    if (onDevice) {
      return new DevicePass(storage, groups, settings, List.of()).parameterNorm();
    }
    SquaredNorm norm = new SquaredNorm(settings.normPrecision(storage.precision()));
    Group.parameters(groups)
        .map(parameter -> storage.read(parameter.array()))
        .forEach(
            values ->
                norm.add(
                    storage.kernel(settings).sumOfSquares(Slice.of(values), settings.wideNorm())));
    return norm.root();
  }
}
