package dev.alig.conformance.coverage;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.MomentumForm;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Finds the circumstances of each step of each group in a case and its trace.
 *
 * <p>Settings that an optimizer may refuse do not count: an eps or a radius that is negative or
 * NaN, a cap that is not positive, a momentum that is negative or NaN. So the same pairs can meet
 * for every subject.
 */
@API(status = INTERNAL, since = "0.1")
public final class Circumstances {
  private Circumstances() {}

  /** The pairs of levels that met. */
  public static Set<Pair> pairs(StepCase scripted, Trace trace) {
    Set<Pair> pairs = new LinkedHashSet<>();
    for (Set<Level> levels : of(scripted, trace)) {
      for (Level a : levels) {
        for (Level b : levels) {
          if (a.factor().compareTo(b.factor()) < 0) {
            pairs.add(new Pair(a, b));
          }
        }
      }
    }
    return pairs;
  }

  /** The levels of each step and group; a step that was not completed has none. */
  public static Set<Set<Level>> of(StepCase scripted, Trace trace) {
    Set<Set<Level>> all = new LinkedHashSet<>();
    if (!(scripted.eps() >= 0) || !(scripted.radius().orElse(0) >= 0)) {
      return all;
    }
    for (int k = 0; k < trace.steps().size(); k++) {
      Set<Level> ofStep = ofCase(scripted);
      ofStep.add(projection(scripted, trace, k));
      ofStep.addAll(ofLoss(scripted.steps().get(k)));
      ofStep.add(gradients(scripted.steps().get(k)));
      ofStep.addAll(special(scripted.steps().get(k), scripted.dtype()));
      for (int g = 0; g < scripted.groups().size(); g++) {
        Group group = scripted.groups().get(g);
        if (group.cap() > 0 && group.momentum() >= 0) {
          Set<Level> levels = EnumSet.copyOf(ofStep);
          levels.add(cap(group, trace.steps().get(k), g));
          levels.add(momentum(group));
          all.add(levels);
        }
      }
    }
    return all;
  }

  private static Set<Level> ofCase(StepCase scripted) {
    Level groups =
        switch (scripted.groups().size()) {
          case 1 -> Level.GROUPS_ONE;
          case 2 -> Level.GROUPS_TWO;
          default -> Level.GROUPS_THREE;
        };
    boolean standard = scripted.form() == MomentumForm.STANDARD;
    return EnumSet.of(
        groups,
        standard ? Level.FORM_STANDARD : Level.FORM_ADJUSTED,
        scripted.dtype() == DType.FLOAT ? Level.DTYPE_FLOAT : Level.DTYPE_DOUBLE);
  }

  private static Level cap(Group group, TracedStep step, int g) {
    boolean decided = group.cap() < step.unclipped() && step.stepSizes().get(g) == group.cap();
    return decided ? Level.CAP_HIT : Level.CAP_NOT_HIT;
  }

  private static Level momentum(Group group) {
    if (!group.hasBuffers()) {
      return Level.MOMENTUM_NONE;
    }
    return group.momentum() < 1 ? Level.MOMENTUM_BELOW_ONE : Level.MOMENTUM_FROM_ONE;
  }

  private static Level projection(StepCase scripted, Trace trace, int k) {
    if (scripted.radius().isEmpty()) {
      return Level.BALL_NONE;
    }
    return scaledAfter(scripted, trace, k) ? Level.BALL_HIT : Level.BALL_KEPT;
  }

  /** Whether the projection changed a parameter when the optimizer was constructed. */
  public static boolean scaledAtConstruction(StepCase scripted, Trace trace) {
    List<List<Tensor>> initial = scripted.groups().stream().map(Group::parameters).toList();
    return scripted.resumed().isEmpty() && !trace.constructed().parameters().equals(initial);
  }

  /** Whether the projection changed a parameter after step {@code k}. */
  public static boolean scaledAfter(StepCase scripted, Trace trace, int k) {
    return !new UnprojectedUpdate(
            scripted, trace.before(k), scripted.steps().get(k), trace.steps().get(k))
        .holds();
  }

  private static Set<Level> ofLoss(Step step) {
    double loss = step.loss();
    Level sign =
        loss > 0
            ? Level.LOSS_POSITIVE
            : loss < 0 ? Level.LOSS_NEGATIVE : loss == 0 ? Level.LOSS_ZERO : Level.LOSS_NAN;
    boolean tensor = step.lossKind() == LossKind.TENSOR;
    return EnumSet.of(sign, tensor ? Level.LOSS_TENSOR : Level.LOSS_FLOAT);
  }

  private static Level gradients(Step step) {
    if (!step.hasGradient()) {
      return Level.GRADIENTS_NONE;
    }
    boolean all = step.gradients().stream().flatMap(List::stream).allMatch(Optional::isPresent);
    return all ? Level.GRADIENTS_ALL : Level.GRADIENTS_SOME;
  }

  private static Set<Level> special(Step step, DType dtype) {
    double[] elements =
        step.gradients().stream()
            .flatMap(List::stream)
            .flatMap(Optional::stream)
            .flatMapToDouble(tensor -> Arrays.stream(tensor.toArray()))
            .map(Math::abs)
            .toArray();
    Set<Level> special = EnumSet.noneOf(Level.class);
    boolean zero = elements.length > 0;
    // Twice the root of the largest number: its square overflows however the norm is rounded.
    double overflowing = 2 * Math.sqrt(dtype.largest());
    for (double element : elements) {
      zero &= element == 0;
      if (Double.isNaN(element)) {
        special.add(Level.SPECIAL_NAN);
      } else if (Double.isInfinite(element)) {
        special.add(Level.SPECIAL_INFINITE);
      } else if (element >= overflowing) {
        special.add(Level.SPECIAL_OVERFLOW);
      } else if (element > 0 && element < dtype.smallestNormal()) {
        special.add(Level.SPECIAL_DENORMAL);
      }
    }
    if (zero) {
      special.add(Level.SPECIAL_ZERO);
    }
    return special.isEmpty() ? EnumSet.of(Level.SPECIAL_NONE) : special;
  }
}
