package dev.alig.conformance.differences;

import dev.alig.conformance.DType;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Tensor;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;

/** Where TensorFlow's kernels compute otherwise than PyTorch's. */
final class KernelChecks {
  private static final long SEED = 4711;
  private static final int CASES = 500;

  private KernelChecks() {}

  static Map<String, DifferenceCheck> all() {
    return Map.of(
        "denormals-in-tensorflow",
        scene -> scene.withTorchAndTensorFlow(KernelChecks::denormals),
        "products-in-tensorflow",
        scene -> scene.withTorchAndTensorFlow(KernelChecks::products));
  }

  /** A step along a denormal gradient, from 0, with a step size of 1. */
  private static Finding denormals(Implementation th, Implementation tensorFlow) {
    Scripted scripted =
        Problem.of(DType.FLOAT, 1)
            .withParameter(0)
            .withCap(1)
            .step(Double.POSITIVE_INFINITY, 3 * Float.MIN_VALUE);
    double torch = after(th, scripted).get(0);
    double ours = after(tensorFlow, scripted).get(0);
    return Finding.of(
        torch == -3 * Float.MIN_VALUE && ours == 0,
        "a gradient of 4.2e-45, step 1, from 0: alig.th moves to %s, tensorflow to %s"
            .formatted(torch, ours));
  }

  private static Finding products(Implementation th, Implementation tensorFlow) {
    Random random = new Random(SEED);
    double[] gradient = DoubleStream.generate(random::nextFloat).limit(CASES).toArray();
    Scripted scripted =
        Problem.of(DType.FLOAT, CASES).withCap(0.1f).step(Double.POSITIVE_INFINITY, gradient);
    Tensor torch = after(th, scripted);
    Tensor ours = after(tensorFlow, scripted);
    int asked = 0;
    int rounded = 0;
    int differing = 0;
    for (int i = 0; i < CASES; i++) {
      float once = Math.fma((float) gradient[i], -0.1f, 1f);
      float twice = 1f - (float) gradient[i] * 0.1f;
      if (once != twice) {
        asked++;
        rounded += ours.get(i) == twice ? 1 : 0;
        differing += ours.get(i) == torch.get(i) ? 0 : 1;
      }
    }
    return Finding.of(
        asked > 0 && rounded == asked,
        "of %d elements that fusing changes, tensorflow rounded the product of %d; %d differ from alig.th's"
            .formatted(asked, rounded, differing));
  }

  private static Tensor after(Implementation party, Scripted scripted) {
    return party.run(scripted).steps().get(0).after().parameters().get(0).get(0);
  }
}
