package dev.alig.conformance.differences;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.Settings;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.differences.Finding.NotAsked;
import dev.alig.conformance.differences.Finding.Stale;
import dev.alig.conformance.differences.Probes.Of;
import java.util.Map;
import java.util.function.Supplier;

/** Checks that the Java optimizers refuse what a Python package accepts. */
final class RefusalChecks {
  private RefusalChecks() {}

  /** The settings that the probe tries, as Java constructs them. */
  private static Map<String, Supplier<Object>> settingsInJava() {
    return Map.of(
        "max_lr nan", () -> new GroupSettings(Double.NaN, 0),
        "momentum nan", () -> new GroupSettings(1, Double.NaN),
        "eps nan", () -> Settings.builder().eps(Double.NaN).build(),
        "eps -1.0", () -> Settings.builder().eps(-1).build(),
        "group max_lr nan", () -> new GroupSettings(Double.NaN, 0),
        "group momentum -1.0", () -> new GroupSettings(1, -1),
        "radius nan", () -> new L2Ball(Double.NaN),
        "radius -1.0", () -> new L2Ball(-1));
  }

  static Finding settings(Probes probes) {
    JsonNode ours = probes.ask("accepted_settings", Of.BUNDLED);
    Map<String, Supplier<Object>> java = settingsInJava();
    int refused = 0;
    for (JsonNode tried : ours.path("tried")) {
      Supplier<Object> same = java.get(tried.asText());
      if (same == null) {
        throw new IllegalStateException("Java has no counterpart of the setting " + tried);
      }
      refused += refuses(same) ? 1 : 0;
    }
    int asked = ours.path("tried").size();
    String evidence =
        "of %d settings such as eps NaN and radius -1, Java refuses %d and the bundled package %d"
            .formatted(asked, refused, asked - ours.path("accepted").size());
    if (asked != java.size() || refused != asked || !ours.path("accepted").isEmpty()) {
      return new Stale(evidence);
    }
    if (!probes.oracleIsOriginal()) {
      return notAsked(evidence);
    }
    JsonNode theirs = probes.ask("accepted_settings", Of.ORACLE);
    return Finding.of(
        theirs.path("accepted").size() == asked,
        evidence + "; the authors' accepts " + theirs.path("accepted").size());
  }

  static Finding nanCap(Probes probes) {
    String evidence = "max_lr NaN: the bundled package and Java refuse the cap";
    String ours = probes.ask("nan_cap", Of.BUNDLED).path("raised").asText();
    if (!ours.startsWith("ValueError:") || !refuses(() -> new GroupSettings(Double.NaN, 0))) {
      return new Stale("the bundled package or Java does not refuse max_lr NaN");
    }
    if (!probes.oracleIsOriginal()) {
      return notAsked(evidence);
    }
    JsonNode theirs = probes.ask("nan_cap", Of.ORACLE);
    double unclipped = theirs.path("unclipped").doubleValue();
    return Finding.of(
        theirs.path("raised").isNull() && theirs.path("step_size").doubleValue() == unclipped,
        "%s, the authors' takes the unclipped step %s, Math.min would give %s"
            .formatted(evidence, unclipped, Math.min(unclipped, Double.NaN)));
  }

  private static NotAsked notAsked(String evidence) {
    return new NotAsked("the authors' package is not the oracle; " + evidence);
  }

  static Finding mixedTypes(Parties parties) {
    return Parties.ofProbesOfTorch(probes -> mixedTypes(probes, parties.subject())).ask(parties);
  }

  private static Finding mixedTypes(Probes probes, Implementation subject) {
    if (!(subject instanceof TypeChecked checked)) {
      return new NotAsked("%s does not say whether it checks types".formatted(subject.name()));
    }
    JsonNode facts = probes.ask("mixed_types", Of.ORACLE);
    double step = facts.path("step_size").doubleValue();
    boolean refused = checked.refusesMixedTypes();
    return Finding.of(
        facts.path("raised").isNull() && step == (float) step && refused,
        "a float32 and a float64 parameter: alig.th takes the float32 step %s, %s %s"
            .formatted(step, subject.name(), refused ? "refuses them" : "does not refuse them"));
  }

  private static boolean refuses(Supplier<Object> construction) {
    try {
      Object unused = construction.get();
      return false;
    } catch (IllegalArgumentException refused) {
      return true;
    }
  }
}
