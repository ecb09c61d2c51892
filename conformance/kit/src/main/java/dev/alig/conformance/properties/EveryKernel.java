package dev.alig.conformance.properties;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Difference.Fact;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.KernelName;
import dev.alig.conformance.Variants;
import dev.alig.conformance.Variants.Variant;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.judge.Judgement;
import dev.alig.conformance.judge.TraceComparison;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Judges a subject on each of its kernels.
 *
 * <p>The first kernel is judged. A kernel with the same trace has the same verdict. A kernel with
 * another trace is judged as well, and fails in any case if all kernels must have the same bits.
 *
 * @param variants the kernels
 * @param judge compares an implementation with the oracle on a case
 */
record EveryKernel(Variants variants, BiFunction<StepCase, Implementation, Judgement> judge) {
  /**
   * The verdict on a case, over all kernels.
   *
   * @param passed the kernels that agree
   * @param failed the kernel that does not, if there is one
   * @param parted whether two kernels had different bits
   */
  record Judged(
      Verdict verdict, List<KernelName> passed, Optional<KernelName> failed, boolean parted) {}

  /** The kernels of a suite's subject, which its oracle judges. */
  static EveryKernel of(SubjectProperties suite) {
    return new EveryKernel(
        suite.subject().variants(),
        (scripted, kernel) -> suite.conformanceRun().judge(scripted, kernel, suite.oracle()));
  }

  /** Judges a case on all kernels, up to the first that does not agree. */
  Judged judge(StepCase scripted) {
    List<KernelName> passed = new ArrayList<>();
    Optional<Trace> reference = Optional.empty();
    Optional<Verdict.Agrees> agreed = Optional.empty();
    boolean parted = false;
    for (Variant variant : variants.running()) {
      Judgement judgement =
          reference.isPresent() && agreed.isPresent()
              ? judge(scripted, variant.implementation(), reference.get(), agreed.get())
              : judge.apply(scripted, variant.implementation());
      parted |= reference.isPresent() && judgement.trace().isPresent();
      Verdict verdict = judgement.verdict();
      if (!(verdict instanceof Verdict.Agrees agrees)) {
        boolean failed = !(verdict instanceof Verdict.Inapplicable);
        return new Judged(
            named(verdict, variant.kernel()),
            passed,
            Optional.of(variant.kernel()).filter(kernel -> failed),
            parted);
      }
      agreed = Optional.of(agrees);
      reference = reference.or(judgement::trace);
      passed.add(variant.kernel());
    }
    return new Judged(agreed.orElseThrow(), passed, Optional.empty(), parted);
  }

  /** The judgement on another kernel than the first; it has a trace only if that has other bits. */
  private Judgement judge(
      StepCase scripted, Implementation kernel, Trace reference, Verdict.Agrees agreed) {
    Trace trace;
    try {
      trace = kernel.run(scripted);
    } catch (RuntimeException e) {
      return Judgement.of(new Verdict.Broken(kernel.name() + " failed to run the case", e));
    }
    TraceComparison bits = TraceComparison.of(scripted, reference, trace);
    if (bits.first().isEmpty()) {
      return Judgement.of(and(agreed, bits.numbers()));
    }
    Verdict own = judge.apply(scripted, kernel).verdict();
    if (own instanceof Verdict.Agrees agrees) {
      own =
          variants.sameBits()
              ? new Verdict.Differs(bits.difference(variants.running().get(0).kernel().toString()))
              : and(agreed, agrees.comparisons());
    }
    return new Judgement(Optional.of(trace), own);
  }

  private static Verdict.Agrees and(Verdict.Agrees agrees, long more) {
    return new Verdict.Agrees(agrees.comparisons() + more, agrees.subject(), agrees.oracle());
  }

  /** The same verdict with the name of the kernel. */
  private static Verdict named(Verdict verdict, KernelName kernel) {
    if (verdict instanceof Verdict.Differs differs) {
      Difference difference =
          differs
              .first()
              .framed(List.of(new Fact(Difference.KERNEL, kernel.toString())), List.of());
      return new Verdict.Differs(difference);
    }
    return verdict instanceof Verdict.Broken broken
        ? new Verdict.Broken(broken.stage() + " on kernel " + kernel, broken.cause())
        : verdict;
  }
}
