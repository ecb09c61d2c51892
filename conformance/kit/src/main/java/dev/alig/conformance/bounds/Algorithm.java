package dev.alig.conformance.bounds;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * An optimizer's step, written in floating-point operations, so that every number can be bounded.
 *
 * <p>The operations are those of {@link Rounding}. Each result holds the real-number answer and the
 * legal computed answers. {@link AliG} holds the algorithms of ALI-G; for another optimizer,
 * implement this interface.
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface Algorithm {
  /** Whether two implementations must agree bit for bit, given the step sizes. */
  boolean isBitwise();

  /** Whether denormal operands and results may count as zero. */
  boolean flushes();

  /**
   * Whether a group's step size is its cap whatever the losses are. Then an oracle is asked for an
   * update with the losses as they are.
   */
  default boolean hasFixedStepSizes() {
    return false;
  }

  /**
   * The step size before the groups' caps.
   *
   * <p>An optimizer with fixed learning rates returns infinity; then the cap is the learning rate.
   */
  Bounded unclipped(StepCase scripted, Step step, Rounding rounding);

  /**
   * The legal step sizes of a group: the smaller of the unclipped step size and the cap. The cap is
   * a Python float; the real-number answer uses the cap rounded to the dtype. If the unclipped step
   * size is known, only one step size is legal.
   */
  default Bounded stepSize(Bounded unclipped, Group group, DType dtype) {
    double narrow = dtype.round(group.cap());
    return unclipped.atMost(Bounded.of(group.cap()).withExact(Bounded.of(narrow).exact()));
  }

  /**
   * The states that are legal after a step with given step sizes, before the projection.
   *
   * <p>By default each element has its {@link #update}. An optimizer of which an element depends on
   * other elements overrides this method, see {@link WholeState}.
   */
  default BoundedState next(
      StepCase scripted,
      BoundedState before,
      Step step,
      List<Bounded> stepSizes,
      Rounding rounding) {
    return Elementwise.next(this, scripted, before, step, stepSizes, rounding);
  }

  /** The update of a group's elements, given its step size. */
  Update update(StepCase scripted, Group group, Bounded stepSize, Rounding rounding);

  /** An update, element by element. */
  @FunctionalInterface
  interface Update {
    /**
     * Updates one element.
     *
     * @param parameter the parameter's element
     * @param buffer the buffer's element; empty in a group without momentum
     * @param gradient the gradient's element
     */
    Element next(Bounded parameter, Optional<Bounded> buffer, Bounded gradient);
  }

  /** An element of a parameter and of its buffer after an update. */
  record Element(Bounded parameter, Optional<Bounded> buffer) {}
}
