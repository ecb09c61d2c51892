package dev.alig.conformance.causes;

import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.Bounded;
import dev.alig.conformance.bounds.Rounding;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The unclipped step sizes of a run; eps, norm, loss and quotient may be changed. */
final class Unclipped extends Quantity {
  /** What eps may be fixed to: 0, and the powers of ten from 1 down. */
  private static final List<Double> EPS =
      Stream.concat(
              Stream.of(0.0),
              IntStream.rangeClosed(0, 16).mapToObj(exponent -> Double.valueOf("1e-" + exponent)))
          .toList();

  private static final List<Change<DoubleUnaryOperator>> LOSSES =
      List.of(
          new Change<>("", loss -> loss),
          new Change<>("the absolute value of the loss counts", Math::abs),
          new Change<>("a negative loss counts as 0", loss -> loss < 0 ? 0 : loss),
          new Change<>("the loss has the other sign", loss -> -loss),
          new Change<>("the loss is doubled", loss -> 2 * loss),
          new Change<>("the loss is halved", loss -> loss / 2),
          new Change<>("the loss is rounded to float32", loss -> (float) loss));
  private static final SquaredNorm[] NORMS = SquaredNorm.values();

  /** The changes in words, by dimension. */
  static final List<List<String>> WORDS =
      List.of(
          Stream.concat(Stream.of(""), EPS.stream().map(Unclipped::eps)).toList(),
          Stream.of(NORMS).map(SquaredNorm::words).toList(),
          Change.words(LOSSES),
          List.of("", "loss and denominator are divided as Python floats"));

  private final Rounding rounding;
  private final List<Map<SquaredNorm, Bounded>> sums = new ArrayList<>();

  Unclipped(StepCase scripted, Algorithm algorithm, Trace trace) {
    super(WORDS, scripted, algorithm, trace);
    this.rounding = new Rounding(scripted.dtype(), algorithm.flushes());
    scripted.steps().forEach(step -> sums.add(new HashMap<>()));
  }

  private static String eps(double eps) {
    return "eps = " + (eps == 0 ? "0" : "1e" + Math.round(Math.log10(eps)));
  }

  @Override
  boolean isOff(int k) {
    Step step = scripted.steps().get(k);
    return !accepts(k, algorithm.unclipped(scripted, step, rounding), step, false);
  }

  @Override
  boolean explains(int[] choices, int k) {
    Step given = scripted.steps().get(k);
    double eps = choices[0] == 0 ? scripted.eps() : EPS.get(choices[0] - 1);
    SquaredNorm norm = NORMS[choices[1]];
    double loss = LOSSES.get(choices[2]).of().applyAsDouble(given.loss());
    Step step = norm.of(new Step(loss, given.lossKind(), given.gradients()));
    boolean python = choices[3] == 1;
    Bounded legal =
        step.hasGradient() || python || !norm.isOfGradients()
            ? quotient(step, denominator(k, step, norm, eps), python)
            : algorithm.unclipped(Altered.eps(scripted, eps), step, rounding);
    return accepts(k, legal, step, python);
  }

  private Bounded denominator(int k, Step step, SquaredNorm norm, double eps) {
    Bounded sum = sums.get(k).computeIfAbsent(norm, n -> n.of(step, rounding));
    Rounding narrow = norm.rounding(rounding);
    return rounding.plus(sum, rounding.given(eps)).or(narrow.plus(sum, narrow.given(eps)));
  }

  private Bounded quotient(Step step, Bounded denominator, boolean python) {
    boolean tensor = step.lossKind() == LossKind.TENSOR;
    if (python && !tensor) {
      return new Rounding(DType.DOUBLE, false).over(Bounded.of(step.loss()), denominator);
    }
    Bounded loss = rounding.given(step.loss());
    Bounded quotient = rounding.over(loss, denominator);
    Bounded reciprocal = rounding.over(Bounded.of(1), denominator);
    return tensor ? quotient : quotient.or(rounding.times(reciprocal, loss));
  }

  /** A quotient of numbers of the dtype is one of them; one of Python's floats need not be. */
  private boolean accepts(int k, Bounded legal, Step step, boolean python) {
    double found = trace.steps().get(k).unclipped();
    boolean isOfDtype =
        python
            || Double.isNaN(found)
            || !step.hasGradient()
            || DType.same(scripted.dtype().round(found), found);
    return isOfDtype && legal.accepts(found, scripted.dtype().round(step.loss()));
  }
}
