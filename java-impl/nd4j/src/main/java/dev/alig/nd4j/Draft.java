package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.Settings;
import dev.alig.SquaredNorm;
import dev.alig.kernel.Kernel;
import dev.alig.kernel.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * New values of parameters and momenta, in temporary arrays until {@link #commit} stores all of
 * them.
 *
 * <p>If anything fails before, every array keeps its values.
 */
final class Draft<A> {
  private final Storage<A> storage;
  private final Kernel<A> kernel;
  private final Settings settings;
  private final List<Change<A>> changes = new ArrayList<>();

  Draft(Storage<A> storage, Settings settings) {
    this.storage = storage;
    this.kernel = storage.kernel(settings);
    this.settings = settings;
  }

  /** Moves one parameter along its gradient. */
  void move(Parameter parameter, A gradient, GroupSettings group, double stepSize) {
    A values = storage.read(parameter.array());
    Slice<A> p = Slice.of(values);
    Slice<A> g = Slice.of(gradient);
    if (!group.hasMomentum()) {
      kernel.plain(p, g, stepSize);
      changes.add(new Change<>(parameter, values, Optional.empty(), true));
      return;
    }
    A momentum =
        parameter.momentum().map(storage::read).orElseGet(() -> storage.zeros(parameter.length()));
    Slice<A> v = Slice.of(momentum);
    switch (settings.momentumForm()) {
      case STANDARD -> kernel.standard(p, v, g, stepSize, group.momentum());
      case ADJUSTED -> kernel.adjusted(p, v, g, stepSize, group.momentum());
    }
    changes.add(new Change<>(parameter, values, Optional.of(momentum), true));
  }

  /** Adds one parameter with its current values, for the projection. */
  void keep(Parameter parameter) {
    changes.add(new Change<>(parameter, storage.read(parameter.array()), Optional.empty(), false));
  }

  /**
   * Projects all added parameters onto the ball.
   *
   * @return whether their norm overflowed, so that they are now 0
   */
  boolean project() {
    L2Ball ball = settings.ball();
    if (!ball.isBounded()) {
      return false;
    }
    SquaredNorm norm = new SquaredNorm(settings.normPrecision(storage.precision()));
    changes.forEach(
        change -> norm.add(kernel.sumOfSquares(Slice.of(change.values), settings.wideNorm())));
    double factor = ball.factor(norm);
    if (factor != 1) {
      changes.replaceAll(Change::asMoved);
      changes.forEach(change -> kernel.scale(Slice.of(change.values), factor));
    }
    return norm.overflowed();
  }

  /** Stores all values that have changed. */
  void commit() {
    List<Runnable> stores = new ArrayList<>();
    for (Change<A> change : changes) {
      if (change.moved) {
        stores.add(storage.prepare(change.parameter.array(), change.values));
      }
    }
    for (Change<A> change : changes) {
      change.momentum.ifPresent(values -> stores.add(prepareMomentum(change.parameter, values)));
    }
    stores.forEach(Runnable::run);
  }

  private Runnable prepareMomentum(Parameter parameter, A values) {
    INDArray momentum = parameter.momentum().orElseGet(() -> storage.zeros(parameter));
    Runnable store = storage.prepare(momentum, values);
    return () -> {
      store.run();
      parameter.setMomentum(momentum);
    };
  }

  private record Change<A>(Parameter parameter, A values, Optional<A> momentum, boolean moved) {
    Change<A> asMoved() {
      return new Change<>(parameter, values, momentum, true);
    }
  }
}
