package dev.alig.nd4j;

import dev.alig.Settings;
import dev.alig.SquaredNorm;
import dev.alig.kernel.Kernel;
import dev.alig.kernel.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A step that copies all data to Java arrays. It works for every layout and type, and if arrays
 * share memory.
 */
final class CopyingPass<A> implements Pass {
  private final Storage<A> storage;
  private final Kernel<A> kernel;
  private final List<Group> groups;
  private final Settings settings;
  private final List<Optional<A>> gradients = new ArrayList<>();

  /** Copies the gradients. */
  CopyingPass(
      Storage<A> storage,
      List<Group> groups,
      Settings settings,
      List<? extends @Nullable INDArray> gradients) {
    this.storage = storage;
    this.kernel = storage.kernel(settings);
    this.groups = groups;
    this.settings = settings;
    gradients.forEach(g -> this.gradients.add(Optional.ofNullable(g).map(storage::read)));
  }

  @Override
  public SquaredNorm gradientNorm() {
    SquaredNorm norm = new SquaredNorm(settings.normPrecision(storage.precision()));
    gradients.forEach(
        gradient ->
            gradient.ifPresent(
                g -> norm.add(kernel.sumOfSquares(Slice.of(g), settings.wideNorm()))));
    return norm;
  }

  @Override
  public boolean gradientsAreFinite() {
    return gradients.stream()
        .allMatch(gradient -> gradient.map(g -> kernel.allFinite(Slice.of(g))).orElse(true));
  }

  @Override
  public boolean move(List<Double> stepSizes) {
    Draft<A> draft = new Draft<>(storage, settings);
    int next = 0;
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      for (Parameter parameter : group.parameters()) {
        Optional<A> gradient = gradients.get(next++);
        if (gradient.isPresent()) {
          draft.move(parameter, gradient.get(), group.settings(), stepSizes.get(i));
        } else if (settings.ball().isBounded()) {
          draft.keep(parameter);
        }
      }
    }
    boolean overflowed = draft.project();
    draft.commit();
    return overflowed;
  }
}
