package dev.alig.conformance.differences;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.MomentumForm;
import dev.alig.Precision;
import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.LossKind;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trace;
import dev.alig.conformance.differences.Finding.NotAsked;
import dev.alig.conformance.differences.Probes.Of;
import dev.alig.kernel.Kernels;
import dev.alig.kernel.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.DoubleStream;

/** Where two parties round differently. */
final class RoundingChecks {
  private static final long SEED = 4711;
  private static final int CASES = 500;
  private static final int ELEMENTS = 1_000_000;

  /**
   * Norm, square (which doubles the norm's error), sum with eps, and quotient: 1 + 1 + 1 + 1 + 1.
   */
  private static final int ROUNDINGS = 5;

  private RoundingChecks() {}

  static Map<String, DifferenceCheck> all() {
    return Map.of(
        "float-or-tensor-loss",
        scene -> scene.withTorchAndJava(RoundingChecks::floatOrTensor),
        "norm-of-many-elements",
        scene -> scene.withTorchAndJava(RoundingChecks::manyElements),
        "norm-of-strided-elements",
        scene -> scene.withProbes(RoundingChecks::strided),
        "kernels-without-fma",
        scene -> scene.withTorch(RoundingChecks::withoutFma),
        "projected-norm-above-radius",
        scene -> scene.withTorch(RoundingChecks::aboveRadius),
        "half-types-in-the-remainder",
        scene -> scene.withProbes(RoundingChecks::halfTypes));
  }

  /** One element a gradient, so that its norm is exact and the division alone can differ. */
  private static Finding floatOrTensor(Implementation th, Implementation java) {
    boolean holds = true;
    List<String> counts = new ArrayList<>();
    for (DType dtype : DType.values()) {
      Random random = new Random(SEED);
      List<Scripted> floats = new ArrayList<>();
      List<Scripted> tensors = new ArrayList<>();
      for (int i = 0; i < CASES; i++) {
        double loss = dtype.round(random.nextDouble());
        double gradient = dtype.round(random.nextGaussian());
        Problem problem = Problem.of(dtype, 1);
        floats.add(problem.withLoss(LossKind.FLOAT).step(loss, gradient));
        tensors.add(problem.withLoss(LossKind.TENSOR).step(loss, gradient));
      }
      List<Double> asFloats = unclipped(th, floats);
      List<Double> asTensors = unclipped(th, tensors);
      long differing = differing(asFloats, asTensors);
      long fromJava = differing(unclipped(java, floats), asTensors);
      holds &= differing > 0 && fromJava == 0;
      counts.add(
          "%s: %d of %d cases differ, %s from the tensor's in %d"
              .formatted(dtype.torchName(), differing, CASES, java.name(), fromJava));
    }
    return Finding.of(holds, String.join("; ", counts));
  }

  private static List<Double> unclipped(Implementation party, List<Scripted> cases) {
    return party.runAll(cases).stream().map(trace -> trace.steps().get(0).unclipped()).toList();
  }

  private static long differing(List<Double> some, List<Double> others) {
    long count = 0;
    for (int i = 0; i < some.size(); i++) {
      count += DType.same(some.get(i), others.get(i)) ? 0 : 1;
    }
    return count;
  }

  private static Finding manyElements(Implementation th, Implementation java) {
    Random random = new Random(SEED);
    double[] gradient = new double[ELEMENTS];
    // The squares are exact in double, and their sum is off by far less than a float's rounding.
    double sum = 0;
    for (int i = 0; i < ELEMENTS; i++) {
      gradient[i] = random.nextFloat();
      sum += gradient[i] * gradient[i];
    }
    Scripted scripted = Problem.of(DType.FLOAT, ELEMENTS).withEps(0).step(1, gradient);
    double torch = error(th, scripted, sum);
    double ours = error(java, scripted, sum);
    return Finding.of(
        torch > ROUNDINGS && ours <= ROUNDINGS,
        String.format(
            Locale.ROOT,
            "float32, %d elements: the step size of alig.th is off by %.1f u, that of %s by %.1f u",
            ELEMENTS,
            torch,
            java.name(),
            ours));
  }

  private static double error(Implementation party, Scripted scripted, double squaredNorm) {
    double step = party.run(scripted).steps().get(0).unclipped();
    return Math.abs(step * squaredNorm - 1) / DType.FLOAT.unitRoundoff();
  }

  private static Finding strided(Probes probes) {
    JsonNode facts = probes.ask("strided_norm", Of.ORACLE);
    double squaredNorm = facts.path("squared_norm").doubleValue();
    double dense = facts.path("dense").doubleValue();
    double strided = facts.path("strided").doubleValue();
    return Finding.of(
        dense != strided,
        String.format(
            Locale.ROOT,
            "float32, %d elements: the step size is off by %.1f u, with gaps between the elements of"
                + " the gradient by %.1f u",
            facts.path("elements").intValue(),
            Math.abs(dense * squaredNorm - 1) / DType.FLOAT.unitRoundoff(),
            Math.abs(strided * squaredNorm - 1) / DType.FLOAT.unitRoundoff()));
  }

  /** Steps of the size 0.1, which an infinite loss takes for the cap. */
  private static Finding withoutFma(Implementation th) {
    Random random = new Random(SEED);
    double[] gradient = DoubleStream.generate(random::nextFloat).limit(CASES).toArray();
    Scripted scripted =
        Problem.of(DType.FLOAT, CASES).withCap(0.1f).step(Double.POSITIVE_INFINITY, gradient);
    Tensor after = th.run(scripted).steps().get(0).after().parameters().get(0).get(0);
    int asked = 0;
    int fused = 0;
    int separate = 0;
    for (int i = 0; i < CASES; i++) {
      float once = Math.fma((float) gradient[i], -0.1f, 1f);
      float twice = 1f - (float) gradient[i] * 0.1f;
      if (once != twice) {
        asked++;
        fused += after.get(i) == once ? 1 : 0;
        separate += after.get(i) == twice ? 1 : 0;
      }
    }
    String evidence =
        "of %d elements that fusing changes, torch fused %d and rounded the product of %d"
            .formatted(asked, fused, separate);
    return fused == asked
        ? new NotAsked("torch's kernels fuse on this machine: " + evidence)
        : Finding.of(separate == asked, evidence);
  }

  private static Finding aboveRadius(Implementation th) {
    Random random = new Random(SEED);
    List<Scripted> cases = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      cases.add(ball(DoubleStream.generate(random::nextGaussian).limit(10).toArray()));
    }
    int above = 0;
    double farthest = 0;
    for (Trace trace : th.runAll(cases)) {
      double[] p = trace.constructed().parameters().get(0).get(0).toArray();
      double norm = Math.sqrt(DoubleStream.of(p).map(x -> x * x).sum());
      above += norm > 1 ? 1 : 0;
      farthest = Math.max(farthest, norm - 1);
    }
    return Finding.of(
        above > 0,
        String.format(
            Locale.ROOT,
            "float32, 10 elements, radius 1: %d of %d norms exceed it, by at most %.2f ulp",
            above,
            CASES,
            farthest / Math.ulp(1f)));
  }

  /** Far outside the ball of radius 1, so that it is projected at construction. */
  private static Scripted ball(double[] direction) {
    double[] far = DoubleStream.of(direction).map(x -> (float) (100 * x)).toArray();
    return new Scripted(
        "known-difference",
        DType.FLOAT,
        1e-5,
        MomentumForm.STANDARD,
        OptionalDouble.of(1),
        List.of(new Group(OptionalDouble.empty(), 0, List.of(Tensor.vector(far)))),
        List.of(),
        Optional.empty());
  }

  private static Finding halfTypes(Probes probes) {
    boolean holds = true;
    List<String> counts = new ArrayList<>();
    for (JsonNode step : probes.ask("half_steps", Of.ORACLE).path("steps")) {
      String dtype = step.path("dtype").asText();
      float[] p = floats(step.path("parameter"));
      Kernels.ofHalves(dtype.equals("float16") ? Precision.HALF : Precision.BFLOAT16)
          .plain(
              Slice.of(p),
              Slice.of(floats(step.path("gradient"))),
              step.path("step_size").asDouble());
      float[] torch = floats(step.path("after"));
      int first = -1;
      int count = 0;
      for (int i = 0; i < p.length; i++) {
        if (p[i] != torch[i]) {
          first = first < 0 ? i : first;
          count++;
        }
      }
      holds &= count > 0;
      counts.add(
          "%s: %d of %d elements differ, the first is number %d"
              .formatted(dtype, count, p.length, first));
    }
    return Finding.of(holds && !counts.isEmpty(), String.join("; ", counts));
  }

  private static float[] floats(JsonNode list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).floatValue();
    }
    return values;
  }
}
