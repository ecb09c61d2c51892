package dev.alig.conformance.bounds;

import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.util.IdentityHashMap;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the numbers after each step of a case, given bounds of the numbers before it.
 *
 * <p>Given a known state, it bounds the errors of one step. Given its own results, it bounds the
 * errors of all steps so far.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class Enclosure {
  private final StepCase scripted;
  private final Algorithm algorithm;
  private final Rounding rounding;
  // By identity, because comparing steps would read their gradients.
  private final IdentityHashMap<Step, Bounded> unclipped = new IdentityHashMap<>();

  private @Nullable Known first;

  /** The bounds of a step from a state. */
  private record Known(BoundedState before, Step step, BoundedStep bounds) {}

  /** Bounds a case's steps, computed in an algorithm's operations. */
  public Enclosure(StepCase scripted, Algorithm algorithm) {
    this.scripted = scripted;
    this.algorithm = algorithm;
    this.rounding = new Rounding(scripted.dtype(), algorithm.flushes());
  }

  /** The states that are legal right after construction. */
  public BoundedState constructed() {
    return scripted
        .resumed()
        .map(BoundedState::of)
        .orElseGet(() -> projected(BoundedState.of(State.initial(scripted.groups()))));
  }

  /** The legal unclipped step sizes of a step; they do not depend on the state. */
  public Bounded unclipped(Step step) {
    return unclipped.computeIfAbsent(step, s -> algorithm.unclipped(scripted, s, rounding));
  }

  /** Whether the denominator of a step may be infinite or NaN. */
  public boolean mayOverflow(Step step) {
    Bounded denominator = AliG.denominator(scripted, step, rounding);
    return denominator.nan() || denominator.mayBeInfinite();
  }

  /**
   * Bounds the numbers of one step.
   *
   * <p>The first answer is cached, because a case is judged from its start twice: step by step, and
   * as a whole.
   */
  public BoundedStep step(BoundedState before, Step step) {
    Known known = first;
    if (known == null) {
      known = new Known(before, step, bounds(before, step));
      first = known;
    }
    return known.step.equals(step) && known.before.equals(before)
        ? known.bounds
        : bounds(before, step);
  }

  private BoundedStep bounds(BoundedState before, Step step) {
    Bounded uncapped = unclipped(step);
    List<Bounded> stepSizes =
        scripted.groups().stream()
            .map(group -> algorithm.stepSize(uncapped, group, scripted.dtype()))
            .toList();
    return new BoundedStep(uncapped, stepSizes, given(before, step, stepSizes));
  }

  /** The states that are legal after a step with given step sizes. */
  public BoundedState given(BoundedState before, Step step, List<Bounded> stepSizes) {
    return projected(algorithm.next(scripted, before, step, stepSizes, rounding));
  }

  /** What the projection may do to known parameters. */
  public Ball ball(List<List<Tensor>> parameters, double radius) {
    return Ball.of(
        parameters.stream().flatMap(List::stream).map(BoundedState::points).toList(),
        radius,
        rounding);
  }

  private BoundedState projected(BoundedState state) {
    if (scripted.radius().isEmpty()) {
      return state;
    }
    List<List<Bounded>> all = state.parameters().stream().flatMap(List::stream).toList();
    Ball ball = Ball.of(all, scripted.radius().getAsDouble(), rounding);
    return new BoundedState(ball.project(state.parameters(), rounding), state.buffers());
  }
}
