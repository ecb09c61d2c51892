package dev.alig.conformance.differences;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.alig.conformance.differences.Finding.Holds;
import dev.alig.conformance.differences.Finding.NotAsked;
import dev.alig.conformance.differences.Finding.Stale;
import dev.alig.conformance.model.TracedStep;
import dev.alig.conformance.subjects.Nd4jSubject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries about Python packages go stale if a package no longer does what they describe. */
class StaleWithoutTrapsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String SETTINGS =
      "{'tried': ['max_lr nan', 'momentum nan', 'eps nan', 'eps -1.0', 'group max_lr nan',"
          + " 'group momentum -1.0', 'radius nan', 'radius -1.0'], 'accepted': ";

  private record Facts(boolean oracleIsOriginal, String oracle, String bundled) implements Probes {
    @Override
    public JsonNode ask(String probe, Of which) {
      try {
        return JSON.readTree((which == Of.BUNDLED ? bundled : oracle).replace('\'', '"'));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  private static Finding ask(String id, Probes probes) {
    Parties scene =
        new Parties(
            new Nd4jSubject(),
            Optional.of(new Ideal("alig.th")),
            Optional.of(probes),
            List.of(),
            false);
    return Objects.requireNonNull(Checks.all().get(id), id).ask(scene);
  }

  private static Finding ask(String id, String oracle) {
    return ask(id, new Facts(false, oracle, "{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          generator-to-projection     | {'norm': 5.0}                  | {'norm': 1.0}
          state-dict-without-settings | {'keys': ['state']}            | {'keys': ['adjusted_momentum', 'eps']}
          momentum-set-later          | {'raised': 'KeyError: m'}      | {'raised': null}
          group-added-later           | {'raised': 'KeyError: m'}      | {'raised': null}
          backward-in-closure         | {'raised': 'RuntimeError: e'}  | {'raised': null}
          loss-without-closure        | {'raised': 'TypeError: f'}     | {'raised': null}
          copied-optimizer            | {'raised': 'AttributeError: '} | {'raised': null}
          deprecated-add-overload     | {'warnings': 3}                | {'warnings': 0}
          yogi-changes-gradients      | {'before': 3, 'after': 4}      | {'before': 3, 'after': 3}
          yogi-amsgrad                | {'made': null, 'stepped': 'KeyError: m'} | {'made': 'ValueError: a'}
          mean-of-step-sizes          | {'differing': 9}               | {'differing': 0, 'compensated': true}
          """)
  void aTrapHoldsOnlyIfBothPackagesAreAsDescribed(String id, String original, String bundled) {
    assertThat(ask(id, new Facts(true, original, bundled))).isInstanceOf(Holds.class);
    assertThat(ask(id, new Facts(true, bundled, bundled))).isInstanceOf(Stale.class);
    String trapped = original.replace("}", ", 'compensated': true}");
    assertThat(ask(id, new Facts(true, original, trapped))).isInstanceOf(Stale.class);
    assertThat(ask(id, new Facts(false, bundled, trapped))).isInstanceOf(Stale.class);
    assertThat(ask(id, new Facts(false, bundled, bundled))).isInstanceOf(NotAsked.class);
  }

  @Test
  void theMeanIsNotAskedWherePythonAddsPlainly() {
    String plain = "{'python': '3.11.7', 'compensated': false, 'differing': 0}";
    assertThat(ask("mean-of-step-sizes", new Facts(true, plain, plain)))
        .isInstanceOfSatisfying(NotAsked.class, n -> assertThat(n.evidence()).contains("3.11.7"));
  }

  @Test
  void lateMomentumHoldsOnlyWhereItComesLate() {
    String id = "momentum-made-at-the-first-step";
    String early = "{'at_construction': 1, 'at_first_step': 1}";
    String late = "{'at_construction': 0, 'at_first_step': 1}";
    String never = "{'at_construction': 0, 'at_first_step': 0}";
    assertThat(ask(id, new Facts(false, late, early))).isInstanceOf(Holds.class);
    assertThat(ask(id, new Facts(false, early, early))).isInstanceOf(NotAsked.class);
    assertThat(ask(id, new Facts(false, never, early))).isInstanceOf(Stale.class);
    assertThat(ask(id, new Facts(false, late, late))).isInstanceOf(Stale.class);
  }

  @Test
  void overflowingNumbersGoStaleIfPyTorchConvertsThem() {
    String error = "{'raised': 'RuntimeError: value cannot be converted to type float', ";
    String cap = "'first': [-0.5, 0], 'second': [1, 2]}";
    assertThat(ask("step-size-beyond-float32", error + cap)).isInstanceOf(Holds.class);
    assertThat(ask("step-size-beyond-float32", "{'raised': null, " + cap))
        .isInstanceOf(Stale.class);
    assertThat(ask("step-size-beyond-float32", error + "'first': [1, 2], 'second': [1, 2]}"))
        .isInstanceOf(Stale.class);
    String moved = "'before': [1, 2], 'after': [-3e38, 2]}";
    assertThat(ask("step-times-momentum-beyond-float32", error + moved)).isInstanceOf(Holds.class);
    assertThat(ask("step-times-momentum-beyond-float32", "{'raised': null, " + moved))
        .isInstanceOf(Stale.class);
    assertThat(
            ask("step-times-momentum-beyond-float32", error + "'before': [1, 2], 'after': [1, 2]}"))
        .isInstanceOf(Stale.class);
  }

  @Test
  void overflowingNumbersGoStaleIfJavaDoesNotFollowIeee() {
    Ideal wide = new Ideal("nd4j", (TracedStep step) -> step);
    String facts =
        "{'raised': 'RuntimeError: value cannot be converted to type float', "
            + "'first': [-0.5, 0], 'second': [1, 2], 'before': [1, 2], 'after': [-3e38, 2]}";
    Parties scene =
        new Parties(
            wide, Optional.of(wide), Optional.of(new Facts(false, facts, facts)), List.of(), false);
    for (String id : List.of("step-size-beyond-float32", "step-times-momentum-beyond-float32")) {
      assertThat(Objects.requireNonNull(Checks.all().get(id)).ask(scene)).isInstanceOf(Stale.class);
    }
  }

  @Test
  void refusalsOfSettingsAreNotAskedWithoutTheAuthorsPackage() {
    String accepted = SETTINGS + "[1, 2, 3, 4, 5, 6, 7, 8]}";
    String refused = SETTINGS + "[]}";
    refusals("settings-without-meaning", accepted, refused, SETTINGS + "[1]}");
    String raised = "{'raised': 'ValueError: max_lr', 'unclipped': null, 'step_size': null}";
    String uncapped = "{'raised': null, 'unclipped': 0.25, 'step_size': 0.25}";
    refusals("nan-cap", uncapped, raised, "{'raised': null, 'unclipped': 1, 'step_size': 0.5}");
  }

  private static void refusals(String id, String accepted, String refused, String other) {
    assertThat(ask(id, new Facts(true, accepted, refused))).isInstanceOf(Holds.class);
    assertThat(ask(id, new Facts(true, refused, refused))).isInstanceOf(Stale.class);
    assertThat(ask(id, new Facts(true, other, refused))).isInstanceOf(Stale.class);
    assertThat(ask(id, new Facts(true, accepted, accepted))).isInstanceOf(Stale.class);
    assertThat(ask(id, new Facts(false, refused, refused))).isInstanceOf(NotAsked.class);
    assertThat(ask(id, new Facts(false, refused, accepted))).isInstanceOf(Stale.class);
  }

  @Test
  void refusalsGoStaleIfPyTorchRefusesAsWell() {
    assertThat(ask("mixed-types", "{'raised': null, 'step_size': 0.019999999552965164}"))
        .isInstanceOf(Holds.class);
    assertThat(ask("mixed-types", "{'raised': null, 'step_size': 0.02}")).isInstanceOf(Stale.class);
    assertThat(ask("mixed-types", "{'raised': 'TypeError: no', 'step_size': 1.0}"))
        .isInstanceOf(Stale.class);
  }

  @Test
  void theStridedNormGoesStaleIfStridesDoNotMatter() {
    String facts = "{'elements': 9, 'squared_norm': 4.0, 'dense': 0.25, 'strided': %s}";
    assertThat(ask("norm-of-strided-elements", facts.formatted("0.2500001")))
        .isInstanceOf(Holds.class);
    assertThat(ask("norm-of-strided-elements", facts.formatted("0.25"))).isInstanceOf(Stale.class);
  }

  @Test
  void halfTypesGoStaleIfPyTorchRoundsOnceEverywhere() {
    // 1.5 - 0.1·0.5: 0.1 is 0.0999755859375 in float16 and 0.10009765625 in bfloat16.
    String once =
        "{'steps': [{'dtype': 'float16', 'step_size': 0.1, 'parameter': [1.5],"
            + " 'gradient': [0.5], 'after': [%s]}]}";
    assertThat(ask("half-types-in-the-remainder", once.formatted("1.4501953125")))
        .isInstanceOf(Stale.class);
    assertThat(ask("half-types-in-the-remainder", once.formatted("1.4492187500")))
        .isInstanceOf(Holds.class);
    assertThat(ask("half-types-in-the-remainder", "{'steps': []}")).isInstanceOf(Stale.class);
  }
}
