package dev.alig.conformance.bounds;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What an optimizer's step is, and in which operations it is taken: enough to bound every number.
 *
 * <p>It is written down in the operations of {@link Rounding}, whose results carry the real-number
 * answer and the legal computed ones along. {@link AliG} has the two of ALI-G; an optimizer of
 * another kind brings its own.
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface Algorithm {
  /** Whether implementations of it are to be met bit for bit, given the step sizes. */
  boolean isBitwise();

  /** Whether denormal operands and results may count as zero. */
  boolean flushes();

  /**
   * The step size before the groups' caps.
   *
   * <p>An optimizer with fixed learning rates answers infinity, so that the cap is the rate.
   */
  Bounded unclipped(StepCase scripted, Step step, Rounding rounding);

  /**
   * The legal step sizes of a group: the smaller of the unclipped one and the cap, a Python float,
   * whose real-number answer starts from what the dtype makes of it. Of an unclipped one that is
   * known only its answer is legal.
   */
  default Bounded stepSize(Bounded unclipped, Group group, DType dtype) {
    double narrow = dtype.round(group.cap());
    return unclipped.atMost(Bounded.of(group.cap()).withExact(Bounded.of(narrow).exact()));
  }

  /** The update of a group's elements with a step size. */
  Update update(StepCase scripted, Group group, Bounded stepSize, Rounding rounding);

  /** An update, element by element. */
  @FunctionalInterface
  interface Update {
    /**
     * One element.
     *
     * @param parameter the parameter's element
     * @param buffer the buffer's, empty in a group without momentum
     * @param gradient the gradient's
     */
    Element next(Bounded parameter, Optional<Bounded> buffer, Bounded gradient);
  }

  /** An element of a parameter and of its buffer after an update. */
  record Element(Bounded parameter, Optional<Bounded> buffer) {}
}
