package dev.alig.conformance.releases;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.OracleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at one case with an oracle and a subject, and says who is off.
 *
 * <p>Exact arithmetic takes the oracle's part, and the oracle, as it arrives through Jep, the
 * subject's: so the oracle is judged by the same bounds and bits as a subject. Then the subject is.
 *
 * @param scripted the case
 * @param oracle the oracle through Jep
 * @param subject the optimizer
 * @param plain what the oracle does in a Python process without Java; empty where it refuses
 * @param portable the same with torch's portable kernels
 * @param bridge why the bridge fails, or an empty text
 */
record Trial(
    Scripted scripted,
    Implementation oracle,
    Implementation subject,
    Optional<Trace> plain,
    Optional<Trace> portable,
    String bridge) {

  /** The judgement of the case. */
  Observation observe() {
    Trace trace;
    try {
      trace = oracle.run(scripted);
    } catch (OracleException e) {
      String raised = String.valueOf(e.getMessage());
      return new Observation(true, RunSettings.shortened(raised), "", Blame.ORACLE, raised);
    }
    Verdict verdict = new Judge(oracle).compare(scripted, subject);
    boolean differs = verdict instanceof Verdict.Differs || verdict instanceof Verdict.Broken;
    List<String> facts = new ArrayList<>();
    facts.add(text(subject.name(), "against " + oracle.name(), verdict));
    Blame blame = blame(trace, facts);
    return new Observation(
        differs || blame == Blame.JEP,
        RunSettings.shortened(trace.toString()),
        portable.map(kernels -> RunSettings.shortened(kernels.toString())).orElse(""),
        blame,
        String.join(System.lineSeparator(), facts));
  }

  private Blame blame(Trace trace, List<String> facts) {
    if (!bridge.isEmpty()) {
      facts.add("the bridge: " + bridge);
      return Blame.JEP;
    }
    if (plain.isPresent() && !plain.get().equals(trace)) {
      facts.add("the same case in plain Python gives other numbers");
      return Blame.JEP;
    }
    Verdict ofOracle = exactly(trace, oracle);
    facts.add(text(oracle.name(), "against exact arithmetic", ofOracle));
    if (isOff(ofOracle)) {
      return portable.isPresent() && !isOff(portably()) ? Blame.DEVICE : Blame.ORACLE;
    }
    Verdict ofSubject = new Judge(new ExactOracle()).compare(scripted, subject);
    facts.add(text(subject.name(), "against exact arithmetic", ofSubject));
    return isOff(ofSubject) ? Blame.JAVA : Blame.NOBODY;
  }

  private Verdict exactly(Trace trace, Implementation who) {
    return new Judge(new ExactOracle()).compare(scripted, trace, who.name(), who.algorithm());
  }

  /** Portable kernels do not fuse, so that other bounds hold for them. */
  private Verdict portably() {
    return new Judge(new ExactOracle())
        .compare(scripted, portable.orElseThrow(), "portable kernels", AliG.UNFUSED);
  }

  private static boolean isOff(Verdict verdict) {
    return verdict instanceof Verdict.Differs || verdict instanceof Verdict.Broken;
  }

  private static String text(String who, String against, Verdict verdict) {
    String head = "%s %s: ".formatted(who, against);
    if (verdict instanceof Verdict.Differs differs) {
      return head
          + "differs"
          + System.lineSeparator()
          + differs.first().toString().indent(2).stripTrailing();
    }
    if (verdict instanceof Verdict.Broken broken) {
      return head + broken.stage() + ": " + broken.cause();
    }
    return head + (verdict instanceof Verdict.Inapplicable no ? no.why() : "agrees");
  }
}
