package dev.alig.conformance.bounds;

import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import java.util.List;
import org.apiguardian.api.API;

/**
 * An optimizer with fixed learning rates whose step is one function of the whole state.
 *
 * <p>Such are optimizers that keep more than one buffer per parameter, such as Adam, and those that
 * use sums over all elements. Their case has a second group, whose parameters have no gradients:
 * they hold what the optimizer keeps, such as both means of Adam and its number of steps. So the
 * state is compared like any other number, and each step can begin in the state of another
 * implementation.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface WholeState extends Algorithm {
  @Override
  default boolean flushes() {
    return false;
  }

  @Override
  default boolean hasFixedStepSizes() {
    return true;
  }

  @Override
  default Bounded unclipped(StepCase scripted, Step step, Rounding rounding) {
    return Bounded.of(Double.POSITIVE_INFINITY);
  }

  @Override
  BoundedState next(
      StepCase scripted,
      BoundedState before,
      Step step,
      List<Bounded> stepSizes,
      Rounding rounding);

  /**
   * Never called, because {@link #next} replaces it.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  default Update update(StepCase scripted, Group group, Bounded stepSize, Rounding rounding) {
    throw new UnsupportedOperationException("the step is one function of the whole state");
  }
}
