package dev.alig.conformance.differences;

import static dev.alig.conformance.cases.Recorded.Origin.TF;
import static dev.alig.conformance.cases.Recorded.Origin.TH;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.differences.RecordedStep.Element;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.TracedStep;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Checks of differences of {@code alig.tf} that its recorded traces show. */
final class TensorFlowChecks {
  private TensorFlowChecks() {}

  static Finding cappedNegativeLoss(Parties scene) {
    List<Recorded> traces = scene.recorded();
    List<RecordedStep> tf = cappedNegative(RecordedStep.of(traces, TF));
    List<RecordedStep> th = cappedNegative(RecordedStep.of(traces, TH));
    long stopped = tf.stream().filter(one -> one.stepSize() == 0).count();
    long ascended = th.stream().filter(one -> one.stepSize() < 0).count();
    boolean holds = stopped > 0 && stopped == tf.size() && ascended > 0;
    String evidence =
        "recorded steps: alig.tf took 0 in %d of %d, alig.th a negative one in %d of %d"
            .formatted(stopped, tf.size(), ascended, th.size());
    for (Implementation party : live(scene)) {
      List<StepCase> cases = tf.stream().map(RecordedStep::alone).toList();
      long negative = party.runAll(cases).stream().filter(t -> stepSize(t.steps()) < 0).count();
      holds &= negative > 0;
      evidence += "; on alig.tf's cases %s took %d negative".formatted(party.name(), negative);
    }
    return Finding.of(holds, evidence);
  }

  /** Capped steps with a negative loss and a finite step size, which only the clip can make 0. */
  private static List<RecordedStep> cappedNegative(List<RecordedStep> steps) {
    return steps.stream()
        .filter(one -> one.hasCap() && one.hasNegativeLoss() && Double.isFinite(one.stepSize()))
        .toList();
  }

  private static List<Implementation> live(Parties scene) {
    return Stream.concat(scene.torch().stream(), scene.java().stream()).toList();
  }

  private static double stepSize(List<TracedStep> steps) {
    return steps.get(0).stepSizes().get(0);
  }

  static Finding uncappedNegativeLoss(List<Recorded> traces) {
    List<RecordedStep> negative =
        RecordedStep.of(traces, TF).stream().filter(RecordedStep::hasNegativeLoss).toList();
    long ascended = negative.stream().filter(one -> !one.hasCap() && one.stepSize() < 0).count();
    long uncapped = negative.stream().filter(one -> !one.hasCap()).count();
    long capped = negative.size() - uncapped;
    long stopped = negative.stream().filter(one -> one.hasCap() && one.stepSize() == 0).count();
    return Finding.of(
        ascended > 0 && capped > 0 && stopped == capped,
        "recorded steps of alig.tf: a negative one in %d of %d without a cap, 0 in %d of %d with one"
            .formatted(ascended, uncapped, stopped, capped));
  }

  static Finding momentumInFloat32(List<Recorded> traces) {
    long asked = 0;
    long inFloat = 0;
    long asGiven = 0;
    for (Element e : RecordedStep.elements(RecordedStep.of(traces, TF))) {
      if (e.in().dtype() != DType.DOUBLE || !e.hasBuffer()) {
        continue;
      }
      double held = e.in().group().momentum();
      double given = Double.parseDouble(Float.toString((float) held));
      double withHeld = held * e.v() - e.g();
      double withGiven = given * e.v() - e.g();
      if (withHeld != withGiven && Double.isFinite(withHeld)) {
        asked++;
        inFloat += e.nextV() == withHeld ? 1 : 0;
        asGiven += e.nextV() == withGiven ? 1 : 0;
      }
    }
    return Finding.of(
        asked > 0 && inFloat == asked && asGiven == 0,
        "of %d recorded float64 buffer elements, %d follow the momentum rounded to float32, %d the"
                .formatted(asked, inFloat, asGiven)
            + " momentum as given");
  }

  static Finding flushesDenormals(List<Recorded> traces) {
    long flushed = 0;
    for (Element e : RecordedStep.elements(RecordedStep.of(traces, TF))) {
      DType dtype = e.in().dtype();
      double exact = dtype.round(dtype.round(e.in().group().momentum() * e.v()) - e.g());
      flushed += e.hasBuffer() && denormal(exact, dtype) && e.nextV() == 0 ? 1 : 0;
    }
    long keptByTf = denormals(traces, TF);
    long keptByTh = denormals(traces, TH);
    return Finding.of(
        flushed > 0 && keptByTf == 0 && keptByTh > 0,
        "alig.tf recorded 0 for %d buffer elements that are denormal, and %d denormals in all;"
                .formatted(flushed, keptByTf)
            + " alig.th recorded %d".formatted(keptByTh));
  }

  private static long denormals(List<Recorded> traces, Recorded.Origin origin) {
    return RecordedStep.of(traces, origin).stream()
        .mapToLong(
            one ->
                one.traced()
                    .after()
                    .tensors()
                    .flatMapToDouble(tensor -> DoubleStream.of(tensor.toArray()))
                    .filter(x -> denormal(x, one.dtype()))
                    .count())
        .sum();
  }

  private static boolean denormal(double value, DType dtype) {
    return value != 0 && Math.abs(value) < dtype.smallestNormal();
  }

  static Finding withoutFma(List<Recorded> traces) {
    long asked = 0;
    long fused = 0;
    long unfused = 0;
    for (Element e : RecordedStep.elements(RecordedStep.of(traces, TF))) {
      Update update = Update.of(e);
      if (Double.isFinite(e.nextP()) && update.fused() != update.unfused()) {
        asked++;
        fused += e.nextP() == update.fused() ? 1 : 0;
        unfused += e.nextP() == update.unfused() ? 1 : 0;
      }
    }
    return Finding.of(
        asked > 0 && fused == 0 && unfused > 0,
        "of %d recorded elements that fused multiply-add would change, alig.tf rounded %d as"
                .formatted(asked, unfused)
            + " separate multiplications and %d as fused".formatted(fused));
  }

  /** A parameter after an adjusted step of the recorded step size, with and without fusing. */
  private record Update(double fused, double unfused) {
    static Update of(Element e) {
      DType d = e.in().dtype();
      double step = d.round(e.in().stepSize());
      double momentum = e.in().group().momentum();
      double plain = d.round(e.g() * step);
      if (!e.hasBuffer()) {
        return new Update(fma(d, e.g(), -step, e.p()), d.round(e.p() - plain));
      }
      double moved = fma(d, e.g(), -step, e.p());
      // TensorFlow's accumulator is -v.
      double carried = d.round(d.round(-e.nextV() * momentum) * step);
      return new Update(
          fma(d, e.nextV(), d.round(step * momentum), moved),
          d.round(e.p() - d.round(plain + carried)));
    }

    private static double fma(DType dtype, double a, double b, double c) {
      return dtype == DType.FLOAT ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }
  }
}
