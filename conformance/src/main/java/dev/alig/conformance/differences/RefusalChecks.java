package dev.alig.conformance.differences;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.Settings;
import dev.alig.conformance.differences.Probes.Of;
import dev.alig.nd4j.AliG;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.factory.Nd4j;

/** Where the Java optimizers refuse what the original accepts. */
final class RefusalChecks {
  private RefusalChecks() {}

  static Map<String, DifferenceCheck> all() {
    return Map.of(
        "settings-without-meaning",
        scene -> scene.withProbes(RefusalChecks::settings),
        "nan-cap",
        scene -> scene.withProbes(RefusalChecks::nanCap),
        "mixed-types",
        scene -> scene.withProbes(RefusalChecks::mixedTypes));
  }

  /** The settings that the probe tries, in Java. */
  private static Map<String, Supplier<Object>> settingsInJava() {
    return Map.of(
        "max_lr nan", () -> new GroupSettings(Double.NaN, 0),
        "momentum nan", () -> new GroupSettings(1, Double.NaN),
        "eps nan", () -> Settings.builder().eps(Double.NaN).build(),
        "eps -1.0", () -> Settings.builder().eps(-1).build(),
        "group max_lr -1.0", () -> new GroupSettings(-1, 0),
        "group momentum -1.0", () -> new GroupSettings(1, -1),
        "radius nan", () -> new L2Ball(Double.NaN),
        "radius -1.0", () -> new L2Ball(-1));
  }

  private static Finding settings(Probes probes) {
    JsonNode facts = probes.ask("accepted_settings", Of.ORACLE);
    Map<String, Supplier<Object>> java = settingsInJava();
    int refused = 0;
    for (JsonNode tried : facts.path("tried")) {
      Supplier<Object> same = java.get(tried.asText());
      if (same == null) {
        throw new IllegalStateException("Java has no counterpart of the setting " + tried);
      }
      refused += refuses(same) ? 1 : 0;
    }
    int asked = facts.path("tried").size();
    int accepted = facts.path("accepted").size();
    return Finding.of(
        asked == java.size() && accepted == asked && refused == asked,
        "of %d settings such as eps NaN and radius -1, alig.th accepts %d and Java refuses %d"
            .formatted(asked, accepted, refused));
  }

  private static Finding nanCap(Probes probes) {
    JsonNode facts = probes.ask("nan_cap", Of.ORACLE);
    double unclipped = facts.path("unclipped").doubleValue();
    double taken = facts.path("step_size").doubleValue();
    boolean refused = refuses(() -> new GroupSettings(Double.NaN, 0));
    return Finding.of(
        taken == unclipped && refused,
        "max_lr NaN: alig.th takes the unclipped step %s, Math.min would give %s, Java %s the cap"
            .formatted(
                taken, Math.min(unclipped, Double.NaN), refused ? "refuses" : "does not refuse"));
  }

  private static Finding mixedTypes(Probes probes) {
    JsonNode facts = probes.ask("mixed_types", Of.ORACLE);
    double step = facts.path("step_size").doubleValue();
    boolean refused =
        refuses(
            () ->
                AliG.builder()
                    .parameters(Nd4j.createFromArray(1f), Nd4j.createFromArray(1.0))
                    .build());
    return Finding.of(
        facts.path("raised").isNull() && step == (float) step && refused,
        "a float32 and a float64 parameter: alig.th takes the float32 step %s, nd4j %s"
            .formatted(step, refused ? "refuses them" : "does not refuse them"));
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
