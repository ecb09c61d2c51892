package dev.alig.conformance.judge;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.model.SideEffects;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.model.Worst;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Checks that subject and oracle do nothing that their caller could notice, beside their steps.
 * {@link Judge} compares their numbers.
 */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class SideEffectJudge {
  private SideEffectJudge() {}

  /** Runs a case with subject and oracle, and looks for side effects. */
  public static Verdict judge(
      StepCase scripted, Implementation subject, Optional<Implementation> oracle) {
    Optional<String> why = subject.inapplicable(scripted);
    if (why.isPresent()) {
      return new Verdict.Inapplicable(why.get());
    }
    Implementation runs = subject;
    try {
      Optional<SideEffects> ofSubject = subject.run(scripted).effects();
      if (ofSubject.isEmpty()) {
        return new Verdict.Inapplicable(
            subject.name()
                + " does not report side effects; take its gradients from LentGradients");
      }
      Verdict verdict = verdict(subject, ofSubject.get());
      if (!(verdict instanceof Verdict.Agrees agrees)
          || oracle.isEmpty()
          || oracle.get().inapplicable(scripted).isPresent()) {
        return verdict;
      }
      runs = oracle.get();
      Trace trace = runs.run(scripted);
      return trace.effects().isEmpty()
          ? verdict
          : together(agrees, verdict(runs, trace.effects().get()));
    } catch (RuntimeException e) {
      return new Verdict.Broken(runs.name() + " failed to run the case", e);
    }
  }

  private static Verdict verdict(Implementation who, SideEffects effects) {
    return effects.found().stream()
        .findFirst()
        .<Verdict>map(
            effect ->
                new Verdict.Differs(
                    Difference.of(
                        effect.step().isPresent() ? "step " + effect.step().getAsInt() : "the case",
                        "new parameters, momentum and step sizes",
                        "%s %s".formatted(who.name(), effect.what()),
                        "nothing else that a caller could notice")))
        .orElseGet(() -> new Verdict.Agrees(effects.watched(), Worst.NONE));
  }

  private static Verdict together(Verdict.Agrees subject, Verdict oracle) {
    return oracle instanceof Verdict.Agrees agrees
        ? new Verdict.Agrees(subject.comparisons() + agrees.comparisons(), Worst.NONE)
        : oracle;
  }
}
