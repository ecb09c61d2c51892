package dev.alig.conformance.differences;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.conformance.differences.Finding.NotAsked;
import dev.alig.conformance.differences.Finding.Stale;
import dev.alig.conformance.differences.Probes.Of;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Where the bundled Python package does otherwise than the authors'.
 *
 * <p>The bundled package is asked in every run that has Python; the authors' only where it is the
 * oracle. Without it the difference is not known to hold.
 */
final class PackageChecks {
  private PackageChecks() {}

  static Map<String, DifferenceCheck> all() {
    return Map.ofEntries(
        entry(
            "generator-to-projection",
            "generator_projection",
            facts -> facts.path("norm").doubleValue() == 5,
            facts -> facts.path("norm").doubleValue() == 1),
        entry(
            "state-dict-without-settings",
            "state_dict",
            facts -> !lists(facts, "eps") && !lists(facts, "adjusted_momentum"),
            facts -> lists(facts, "eps") && lists(facts, "adjusted_momentum")),
        entry(
            "momentum-set-later",
            "momentum_set_later",
            raises("KeyError"),
            PackageChecks::succeeds),
        entry(
            "group-added-later", "group_added_later", raises("KeyError"), PackageChecks::succeeds),
        entry(
            "backward-in-closure",
            "backward_in_closure",
            raises("RuntimeError"),
            PackageChecks::succeeds),
        entry("loss-without-closure", "plain_loss", raises("TypeError"), PackageChecks::succeeds),
        entry(
            "copied-optimizer",
            "copied_optimizer",
            raises("AttributeError"),
            PackageChecks::succeeds),
        entry(
            "deprecated-add-overload",
            "deprecated_overload",
            facts -> facts.path("warnings").intValue() > 0,
            facts -> facts.path("warnings").intValue() == 0),
        entry(
            "yogi-changes-gradients",
            "yogi_gradient",
            facts -> !facts.path("after").equals(facts.path("before")),
            facts -> facts.path("after").equals(facts.path("before"))),
        entry(
            "yogi-amsgrad",
            "yogi_amsgrad",
            facts -> facts.path("made").isNull() && facts.path("stepped").isTextual(),
            facts -> facts.path("made").asText().startsWith("ValueError:")),
        Map.entry("mean-of-step-sizes", scene -> scene.withProbes(PackageChecks::mean)));
  }

  private static Map.Entry<String, DifferenceCheck> entry(
      String id, String probe, Predicate<JsonNode> original, Predicate<JsonNode> bundled) {
    return Map.entry(
        id, scene -> scene.withProbes(probes -> compare(probes, probe, original, bundled)));
  }

  private static Finding compare(
      Probes probes, String probe, Predicate<JsonNode> original, Predicate<JsonNode> bundled) {
    JsonNode ours = probes.ask(probe, Of.BUNDLED);
    if (!bundled.test(ours)) {
      return new Stale("the bundled package: " + ours);
    }
    if (!probes.oracleIsOriginal()) {
      return new NotAsked(
          "the authors' package is not the oracle; the bundled one is as described: " + ours);
    }
    JsonNode theirs = probes.ask(probe, Of.ORACLE);
    return Finding.of(
        original.test(theirs),
        "the authors' package: %s; the bundled one: %s".formatted(theirs, ours));
  }

  private static Finding mean(Probes probes) {
    JsonNode ours = probes.ask("mean_of_step_sizes", Of.BUNDLED);
    if (!ours.path("compensated").booleanValue()) {
      return new NotAsked(
          "Python %s adds floats plainly; sum() compensates from 3.12 on"
              .formatted(ours.path("python").asText()));
    }
    return compare(
        probes,
        "mean_of_step_sizes",
        facts -> facts.path("differing").intValue() > 0,
        facts -> facts.path("differing").intValue() == 0);
  }

  private static boolean lists(JsonNode facts, String key) {
    for (JsonNode listed : facts.path("keys")) {
      if (listed.asText().equals(key)) {
        return true;
      }
    }
    return false;
  }

  private static Predicate<JsonNode> raises(String type) {
    return facts -> facts.path("raised").asText().startsWith(type + ":");
  }

  private static boolean succeeds(JsonNode facts) {
    return facts.has("raised") && facts.path("raised").isNull();
  }
}
