package dev.alig.conformance.judge;

import dev.alig.conformance.DType;
import dev.alig.conformance.Difference;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.TracedStep;
import dev.alig.conformance.Worst;
import java.util.Optional;

/**
 * Bounds between an adjusted-momentum update with fused and one with separate multiplications.
 *
 * <p>Buffers: v = μ·v - g costs two roundings either way, at most u·(|μv| + |g|) each, in both
 * implementations. Parameters: p - γg + γμv costs two roundings fused and five unfused (γg, μv, γμv
 * and two sums), each at most u times the sum of the magnitudes |p| + |γg| + |γμv|, and takes over
 * the buffer's error times γμ. Each operation may lose a denormal, which TensorFlow flushes to
 * zero.
 */
final class UnfusedBounds {
  private static final int ROUNDINGS = 9;

  private UnfusedBounds() {}

  static void compare(
      Comparison comparison,
      String where,
      Scripted scripted,
      State before,
      TracedStep expected,
      State found) {
    double momentum = scripted.groups().get(0).momentum();
    double stepSize = expected.stepSizes().get(0);
    for (int i = 0; i < found.parameters().get(0).size(); i++) {
      Optional<Tensor> gradient = scripted.steps().get(0).gradients().get(0).get(i);
      Tensor p = before.parameters().get(0).get(i);
      Tensor wanted = expected.after().parameters().get(0).get(i);
      Tensor actual = found.parameters().get(0).get(i);
      Optional<Tensor> v = before.buffers().get(0).get(i);
      Optional<Tensor> wantedBuffer = expected.after().buffers().get(0).get(i);
      Optional<Tensor> actualBuffer = found.buffers().get(0).get(i);
      for (int e = 0; e < p.size(); e++) {
        int element = e;
        double g = gradient.map(tensor -> Math.abs(tensor.get(element))).orElse(0.0);
        double old = v.map(tensor -> Math.abs(tensor.get(element))).orElse(0.0);
        double sum =
            Math.abs(p.get(e)) + Math.abs(stepSize) * (g + momentum * (momentum * old + g));
        String at = "%s, group 0, parameter %d [%d]".formatted(where, i, e);
        within(comparison, scripted, at, wanted.get(e), actual.get(e), sum);
        if (wantedBuffer.isPresent()) {
          String in = "%s, group 0, buffer %d [%d]".formatted(where, i, e);
          double found0 = actualBuffer.orElseThrow().get(e);
          within(comparison, scripted, in, wantedBuffer.get().get(e), found0, momentum * old + g);
        }
      }
    }
  }

  private static void within(
      Comparison comparison,
      Scripted scripted,
      String where,
      double expected,
      double actual,
      double magnitude) {
    DType dtype = scripted.dtype();
    double bound =
        SquaredNorm.gamma(ROUNDINGS, dtype) * magnitude + ROUNDINGS * dtype.smallestNormal();
    boolean mayOverflow = !(magnitude * (1 + ROUNDINGS * dtype.unitRoundoff()) < dtype.largest());
    double observed = Math.abs(expected - actual);
    boolean legal =
        DType.same(expected, actual)
            || expected == actual
            || observed <= bound
            || (mayOverflow && !Double.isNaN(magnitude) && !Double.isFinite(expected));
    comparison.bounded(
        Double.isFinite(observed) && !mayOverflow
            ? Worst.of(observed, bound, scripted.id())
            : Worst.NONE);
    if (!legal) {
      comparison.differ(
          where,
          Difference.show(expected, dtype),
          Difference.show(actual, dtype),
          "%s, from %d roundings without fused multiply-add".formatted(bound, ROUNDINGS));
    }
  }
}
