package dev.alig.conformance.differences;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alig.conformance.differences.Finding.NotAsked;
import dev.alig.conformance.differences.Finding.Stale;
import dev.alig.conformance.differences.Probes.Of;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Checks of differences between the bundled Python package and the authors' package.
 *
 * <p>Every run with Python asks the bundled package. It asks the authors' package only if that is
 * the oracle; otherwise it is unknown whether the difference holds.
 */
final class PackageChecks {
  private PackageChecks() {}

  /**
   * A probe whose facts differ between the authors' package and the bundled one.
   *
   * @param id the name of the entry
   */
  record Trap(String id, String probe, Predicate<JsonNode> original, Predicate<JsonNode> bundled) {
    Finding find(Probes probes) {
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
  }

  static List<Trap> traps() {
    return List.of(
        new Trap("generator-to-projection", "generator_projection", normIs(5), normIs(1)),
        new Trap(
            "state-dict-without-settings",
            "state_dict",
            facts -> !lists(facts, "eps") && !lists(facts, "adjusted_momentum"),
            facts -> lists(facts, "eps") && lists(facts, "adjusted_momentum")),
        new Trap(
            "momentum-set-later",
            "momentum_set_later",
            raises("KeyError"),
            PackageChecks::succeeds),
        new Trap(
            "group-added-later", "group_added_later", raises("KeyError"), PackageChecks::succeeds),
        new Trap(
            "backward-in-closure",
            "backward_in_closure",
            raises("RuntimeError"),
            PackageChecks::succeeds),
        new Trap(
            "loss-without-closure", "plain_loss", raises("TypeError"), PackageChecks::succeeds),
        new Trap(
            "copied-optimizer",
            "copied_optimizer",
            raises("AttributeError"),
            PackageChecks::succeeds),
        new Trap(
            "deprecated-add-overload",
            "deprecated_overload",
            facts -> facts.path("warnings").intValue() > 0,
            facts -> facts.path("warnings").intValue() == 0),
        new Trap(
            "yogi-changes-gradients",
            "yogi_gradient",
            facts -> !facts.path("after").equals(facts.path("before")),
            facts -> facts.path("after").equals(facts.path("before"))),
        new Trap(
            "yogi-amsgrad",
            "yogi_amsgrad",
            facts -> facts.path("made").isNull() && facts.path("stepped").isTextual(),
            facts -> facts.path("made").asText().startsWith("ValueError:")));
  }

  static Finding mean(Probes probes) {
    String probe = "mean_of_step_sizes";
    JsonNode ours = probes.ask(probe, Of.BUNDLED);
    if (!ours.path("compensated").booleanValue()) {
      return new NotAsked(
          "Python %s adds floats plainly; sum() compensates from 3.12 on"
              .formatted(ours.path("python").asText()));
    }
    return new Trap(
            "mean-of-step-sizes",
            probe,
            facts -> facts.path("differing").intValue() > 0,
            facts -> facts.path("differing").intValue() == 0)
        .find(probes);
  }

  /**
   * Whether the oracle creates its momentum buffers at the first step; the bundled package must
   * create them at construction.
   */
  static Finding momentum(Probes probes) {
    JsonNode ours = probes.ask("momentum_made", Of.BUNDLED);
    if (ours.path("at_construction").intValue() == 0) {
      return new Stale("the bundled package: " + ours);
    }
    JsonNode theirs = probes.ask("momentum_made", Of.ORACLE);
    if (theirs.path("at_construction").intValue() > 0) {
      return new NotAsked("the oracle makes its momentum at construction as well");
    }
    return Finding.of(
        theirs.path("at_first_step").intValue() > 0,
        "the oracle's buffers after construction and after a step: " + theirs);
  }

  private static Predicate<JsonNode> normIs(double norm) {
    return facts -> facts.path("norm").doubleValue() == norm;
  }

  private static boolean lists(JsonNode facts, String key) {
    return StreamSupport.stream(facts.path("keys").spliterator(), false)
        .anyMatch(listed -> listed.asText().equals(key));
  }

  private static Predicate<JsonNode> raises(String type) {
    return facts -> facts.path("raised").asText().startsWith(type + ":");
  }

  private static boolean succeeds(JsonNode facts) {
    return facts.has("raised") && facts.path("raised").isNull();
  }
}
