package dev.alig.conformance.differences;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.MomentumForm;
import dev.alig.Precision;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.differences.Finding.NotAsked;
import dev.alig.conformance.differences.Probes.Of;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.LossKind;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.Trace;
import dev.alig.kernel.Kernels;
import dev.alig.kernel.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Checks of differences in rounding. */
final class RoundingChecks {
  private static final long SEED = 4711;
  private static final int CASES = 500;
  private static final int ELEMENTS = 1_000_000;

  /**
   * The roundings of a step size: norm, square, sum with eps, and quotient. The norm's rounding
   * counts twice, because the square doubles its error.
   */
  private static final int ROUNDINGS = 5;

  private RoundingChecks() {}

  /** Each gradient has one element, so its norm is exact and only the division can differ. */
  static Finding floatOrTensor(Implementation th, Implementation java) {
    boolean holds = true;
    List<String> counts = new ArrayList<>();
    for (DType dtype : DType.values()) {
      Random random = new Random(SEED);
      List<StepCase> floats = new ArrayList<>();
      List<StepCase> tensors = new ArrayList<>();
      for (int i = 0; i < CASES; i++) {
        double loss = dtype.round(random.nextDouble());
        double gradient = dtype.round(random.nextGaussian());
        OneStepProblem problem = OneStepProblem.of(dtype, 1);
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

  private static List<Double> unclipped(Implementation party, List<StepCase> cases) {
    return party.runAll(cases).stream().map(trace -> trace.steps().get(0).unclipped()).toList();
  }

  private static long differing(List<Double> some, List<Double> others) {
    return IntStream.range(0, some.size())
        .filter(i -> !DType.same(some.get(i), others.get(i)))
        .count();
  }

  static Finding manyElements(Implementation th, Implementation java) {
    Random random = new Random(SEED);
    double[] gradient = new double[ELEMENTS];
    // The squares are exact in double, and their sum is off by far less than a float's rounding.
    double sum = 0;
    for (int i = 0; i < ELEMENTS; i++) {
      gradient[i] = random.nextFloat();
      sum += gradient[i] * gradient[i];
    }
    StepCase scripted = OneStepProblem.of(DType.FLOAT, ELEMENTS).withEps(0).step(1, gradient);
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

  private static double error(Implementation party, StepCase scripted, double squaredNorm) {
    double step = OneStepProblem.stepSize(party, scripted);
    return Math.abs(step * squaredNorm - 1) / DType.FLOAT.unitRoundoff();
  }

  static Finding strided(Probes probes) {
    JsonNode facts = probes.ask("strided_norm", Of.ORACLE);
    double squaredNorm = facts.path("squared_norm").doubleValue();
    double dense = facts.path("dense").doubleValue();
    double strided = facts.path("strided").doubleValue();
    return Finding.of(
        dense != strided,
        String.format(
            Locale.ROOT,
            "float32, %d elements: the step size is off by %.1f u, with gaps between the elements"
                + " of the gradient by %.1f u",
            facts.path("elements").intValue(),
            Math.abs(dense * squaredNorm - 1) / DType.FLOAT.unitRoundoff(),
            Math.abs(strided * squaredNorm - 1) / DType.FLOAT.unitRoundoff()));
  }

  static Finding withoutFma(Implementation th) {
    Fusing fusing = Fusing.of(th);
    String evidence =
        "of %d elements that fusing changes, torch fused %d and rounded the product of %d"
            .formatted(fusing.asked.size(), fusing.fused(), fusing.separate());
    return fusing.fused() == fusing.asked.size()
        ? new NotAsked("torch's kernels fuse on this machine: " + evidence)
        : Finding.of(fusing.separate() == fusing.asked.size(), evidence);
  }

  static Finding products(Implementation th, Implementation tensorFlow) {
    List<Fused> torch = Fusing.of(th).asked;
    Fusing ours = Fusing.of(tensorFlow);
    long differing =
        IntStream.range(0, torch.size())
            .filter(i -> torch.get(i).found != ours.asked.get(i).found)
            .count();
    return Finding.of(
        !torch.isEmpty() && ours.separate() == torch.size(),
        "of %d elements that fusing changes, tensorflow rounded the product of %d; %d differ from alig.th's"
            .formatted(torch.size(), ours.separate(), differing));
  }

  /** An element after a step of size 0.1: rounded once, rounded twice, and as the party left it. */
  private record Fused(float once, float twice, double found) {}

  /** The elements of random steps that a fused multiply-add changes. */
  private record Fusing(List<Fused> asked) {
    /** Takes steps of size 0.1: the loss is infinite, so the cap of 0.1 decides. */
    static Fusing of(Implementation party) {
      Random random = new Random(SEED);
      double[] g = DoubleStream.generate(random::nextFloat).limit(CASES).toArray();
      OneStepProblem problem = OneStepProblem.of(DType.FLOAT, CASES).withCap(0.1f);
      double[] after = OneStepProblem.after(party, problem.step(Double.POSITIVE_INFINITY, g));
      return new Fusing(
          IntStream.range(0, CASES)
              .mapToObj(
                  i ->
                      new Fused(
                          Math.fma((float) g[i], -0.1f, 1f), 1f - (float) g[i] * 0.1f, after[i]))
              .filter(fused -> fused.once != fused.twice)
              .toList());
    }

    long fused() {
      return asked.stream().filter(one -> one.found == one.once).count();
    }

    long separate() {
      return asked.stream().filter(one -> one.found == one.twice).count();
    }
  }

  static Finding aboveRadius(Implementation th) {
    Random random = new Random(SEED);
    List<StepCase> cases = new ArrayList<>();
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

  /**
   * A case whose parameter starts far outside the ball of radius 1, and is projected at
   * construction.
   */
  private static StepCase ball(double[] direction) {
    double[] far = DoubleStream.of(direction).map(x -> (float) (100 * x)).toArray();
    return new StepCase(
        "known-difference",
        DType.FLOAT,
        1e-5,
        MomentumForm.STANDARD,
        OptionalDouble.of(1),
        List.of(new Group(OptionalDouble.empty(), 0, List.of(Tensor.vector(far)))),
        List.of(),
        Optional.empty());
  }

  static Finding halfTypes(Probes probes) {
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
      int[] off = IntStream.range(0, p.length).filter(i -> p[i] != torch[i]).toArray();
      holds &= off.length > 0;
      counts.add(
          "%s: %d of %d elements differ, the first is number %d"
              .formatted(dtype, off.length, p.length, off.length > 0 ? off[0] : -1));
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
