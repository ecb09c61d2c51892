package dev.alig.conformance.sweep;

import dev.alig.conformance.Artifact;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.sweep.Observation.Blame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answers of a release of torch to the cases of a trace file, from which it finds the part that
 * is wrong.
 *
 * @param oracle the oracle's answers in a Python process without Java
 * @param portable the same with torch's portable kernels; empty if they refuse a case
 * @param algorithm the operations of the oracle's kernels
 * @param ofGate the gate's message about the subject; an empty text if it agrees
 * @param ofJep the gate's message if the oracle does not repeat its answers through Jep; else an
 *     empty text
 */
record Trial(
    List<Recorded> oracle,
    List<Recorded> portable,
    Algorithm algorithm,
    Implementation subject,
    String ofGate,
    String ofJep) {
  private static final int SHOWN = 16;
  private static final Judge EXACT = new Judge(new ExactOracle());

  /** Judges the cases; the first case with a wrong part decides. */
  Observation observe() {
    List<String> facts = new ArrayList<>();
    Blame blame = Blame.NOBODY;
    for (int k = 0; k < oracle.size() && blame == Blame.NOBODY; k++) {
      facts.clear();
      blame =
          blame(
              oracle.get(k),
              k < portable.size() ? Optional.of(portable.get(k)) : Optional.empty(),
              facts);
    }
    if (!ofJep.isEmpty() && blame != Blame.ORACLE && blame != Blame.DEVICE) {
      // Jep is to blame only here, since the gate also refuses answers that leave their bounds in
      // plain Python.
      blame = Blame.JEP;
      facts.add("through Jep: " + ofJep);
    }
    facts.add(subject.name() + " against the oracle: " + (ofGate.isEmpty() ? "agrees" : ofGate));
    return new Observation(
        !ofGate.isEmpty() || !ofJep.isEmpty(),
        digest(oracle),
        portable.isEmpty() ? "" : digest(portable),
        blame,
        String.join("\n", facts));
  }

  private Blame blame(Recorded answer, Optional<Recorded> plain, List<String> facts) {
    StepCase scripted = answer.scripted();
    if (isOff(scripted, answer.trace(), "the oracle", algorithm, facts)) {
      return plain.isPresent()
              && !isOff(scripted, plain.get().trace(), "portable kernels", AliG.UNFUSED, facts)
          ? Blame.DEVICE
          : Blame.ORACLE;
    }
    return isOff(EXACT.compare(scripted, subject), subject.name(), facts)
        ? Blame.JAVA
        : Blame.NOBODY;
  }

  private static boolean isOff(
      StepCase scripted, Trace trace, String who, Algorithm algorithm, List<String> facts) {
    return isOff(EXACT.compare(scripted, trace, who, algorithm), who, facts);
  }

  private static boolean isOff(Verdict verdict, String who, List<String> facts) {
    String found = "agrees";
    if (verdict instanceof Verdict.Differs differs) {
      found = "differs\n" + differs.first().toString().indent(2).stripTrailing();
    } else if (verdict instanceof Verdict.Broken broken) {
      found = broken.stage() + ": " + broken.cause();
    } else if (verdict instanceof Verdict.Inapplicable not) {
      found = not.why();
    }
    facts.add("%s against exact arithmetic: %s".formatted(who, found));
    return verdict instanceof Verdict.Differs || verdict instanceof Verdict.Broken;
  }

  private static String digest(List<Recorded> answers) {
    return digest(answers.stream().map(Recorded::trace).toList().toString());
  }

  /** A short digest of a text. */
  static String digest(String text) {
    return Artifact.digest(text.getBytes(StandardCharsets.UTF_8)).substring(0, SHOWN);
  }
}
