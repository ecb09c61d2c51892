package dev.alig.conformance.differences;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.differences.Probes.Of;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.TracedStep;

/** Checks of differences where numbers leave the range of a float. */
final class RangeChecks {
  private static final String OVERFLOW = "RuntimeError: value cannot be converted to type float";

  private RangeChecks() {}

  /** ‖g‖ = 1e20: its square overflows in float32, but the step size 1e-40 is a (denormal) float. */
  static Finding overflow(Implementation th) {
    double inFloat = OneStepProblem.stepSize(th, OneStepProblem.of(DType.FLOAT, 1).step(1, 1e20));
    double inDouble = OneStepProblem.stepSize(th, OneStepProblem.of(DType.DOUBLE, 1).step(1, 1e20));
    return Finding.of(
        inFloat == 0 && inDouble > 0,
        "loss 1, norm 1e20: step %s in float32, %s in float64, 1e-40 in real arithmetic"
            .formatted(inFloat, inDouble));
  }

  /** ‖g‖ = 1e-30: its square is 0 in float32, so the denominator is eps alone. */
  static Finding underflow(Implementation th) {
    double inFloat =
        OneStepProblem.stepSize(
            th, OneStepProblem.of(DType.FLOAT, 1).withEps(0).step(1e-30, 1e-30));
    double inDouble =
        OneStepProblem.stepSize(
            th, OneStepProblem.of(DType.DOUBLE, 1).withEps(0).step(1e-30, 1e-30));
    return Finding.of(
        inFloat == Double.POSITIVE_INFINITY && Double.isFinite(inDouble),
        "loss 1e-30, norm 1e-30, eps 0: step %s in float32, %s in float64, 1e30 in real arithmetic"
            .formatted(inFloat, inDouble));
  }

  static Finding zeroOverDenormal(Implementation th, Implementation java) {
    OneStepProblem problem = OneStepProblem.of(DType.FLOAT, 1).withEps(Float.MIN_VALUE);
    double asFloat = OneStepProblem.stepSize(th, problem.withLoss(LossKind.FLOAT).step(0, 0));
    double asTensor = OneStepProblem.stepSize(th, problem.withLoss(LossKind.TENSOR).step(0, 0));
    double inJava = OneStepProblem.stepSize(java, problem.step(0, 0));
    return Finding.of(
        Double.isNaN(asFloat) && asTensor == 0 && inJava == 0,
        "loss 0, gradient 0, eps 1.4e-45: alig.th takes %s for a float, %s for a tensor; %s takes %s"
            .formatted(asFloat, asTensor, java.name(), inJava));
  }

  static Finding nothingToDivideBy(Implementation th, Implementation java) {
    OneStepProblem problem = OneStepProblem.of(DType.FLOAT, 1).withEps(0).withLoss(LossKind.FLOAT);
    Trace refused = th.run(problem.stepWithoutGradient(1));
    TracedStep one = java.run(problem.stepWithoutGradient(1)).steps().get(0);
    TracedStep zero = java.run(problem.stepWithoutGradient(0)).steps().get(0);
    double after = one.after().parameters().get(0).get(0).get(0);
    String raised = refused.raised().orElse("nothing");
    return Finding.of(
        raised.startsWith("ZeroDivisionError:")
            && one.unclipped() == Double.POSITIVE_INFINITY
            && Double.isNaN(zero.unclipped())
            && after == 1,
        "alig.th raises %s; %s reports %s for loss 1, %s for loss 0, and its parameter stays %s"
            .formatted(raised, java.name(), one.unclipped(), zero.unclipped(), after));
  }

  static Finding largeStep(Probes probes, Implementation java) {
    JsonNode facts = probes.ask("large_cap", Of.ORACLE);
    OneStepProblem problem = OneStepProblem.of(DType.FLOAT, 2).withCap(1e300);
    double[] after = OneStepProblem.after(java, problem.step(Double.POSITIVE_INFINITY, 3, 4));
    return Finding.of(
        raised(facts).startsWith(OVERFLOW)
            && facts.path("first").get(0).doubleValue() == -0.5
            && facts.path("second").get(0).doubleValue() == 1
            && after[0] == Double.NEGATIVE_INFINITY,
        ("infinite loss, caps 0.5 and 1e300: alig.th raises %s, the first group moved to %s, the"
                + " second left at %s; %s moves to %s")
            .formatted(
                raised(facts), facts.path("first"), facts.path("second"), java.name(), after[0]));
  }

  static Finding largeProduct(Probes probes, Implementation java) {
    JsonNode facts = probes.ask("half_moved", Of.ORACLE);
    OneStepProblem problem = OneStepProblem.of(DType.FLOAT, 2).withEps(0).withAdjustedMomentum(1.5);
    double[] after = OneStepProblem.after(java, problem.step(3e38, 1, 0));
    return Finding.of(
        raised(facts).startsWith(OVERFLOW)
            && !facts.path("after").equals(facts.path("before"))
            && after[0] == Double.NEGATIVE_INFINITY,
        "step 3e38, momentum 1.5, adjusted: alig.th raises %s and leaves %s of %s; %s moves to %s"
            .formatted(
                raised(facts), facts.path("after"), facts.path("before"), java.name(), after[0]));
  }

  private static String raised(JsonNode facts) {
    return facts.path("raised").asText();
  }

  /** A step along a denormal gradient, from 0, with a step size of 1. */
  static Finding denormals(Implementation th, Implementation tensorFlow) {
    StepCase scripted =
        OneStepProblem.of(DType.FLOAT, 1)
            .withParameter(0)
            .withCap(1)
            .step(Double.POSITIVE_INFINITY, 3 * Float.MIN_VALUE);
    double torch = OneStepProblem.after(th, scripted)[0];
    double ours = OneStepProblem.after(tensorFlow, scripted)[0];
    return Finding.of(
        torch == -3 * Float.MIN_VALUE && ours == 0,
        "a gradient of 4.2e-45, step 1, from 0: alig.th moves to %s, tensorflow to %s"
            .formatted(torch, ours));
  }
}
