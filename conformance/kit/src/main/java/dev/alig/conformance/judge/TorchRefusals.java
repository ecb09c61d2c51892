package dev.alig.conformance.judge;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import java.util.List;
import org.apiguardian.api.API;

/**
 * The steps that the original refuses although IEEE 754 has an answer.
 *
 * <p>Without gradients and with eps = 0 it divides by Python's 0. And torch refuses to convert a
 * Python number that overflows the dtype: the loss, a step size, or a step size times momentum.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class TorchRefusals {
  private TorchRefusals() {}

  /** Whether the original refuses a step with these step sizes. */
  public static boolean isKnown(StepCase scripted, Step step, List<Double> stepSizes) {
    if (!step.hasGradient()) {
      return scripted.eps() == 0;
    }
    DType dtype = scripted.dtype();
    boolean overflows = overflows(step.loss(), dtype);
    for (int g = 0; g < scripted.groups().size(); g++) {
      double size = stepSizes.get(g);
      double product = size * scripted.groups().get(g).momentum();
      overflows |= overflows(size, dtype) || (Double.isFinite(size) && overflows(product, dtype));
      overflows |= Double.isFinite(size) && Double.isInfinite(product);
    }
    return overflows;
  }

  private static boolean overflows(double number, DType dtype) {
    return Double.isFinite(number) && Double.isInfinite(dtype.round(number));
  }
}
