package dev.alig.conformance.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.releases.Bisection.Outcome;
import dev.alig.conformance.releases.Observer.Unobservable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Searches among releases in which a difference is planted. */
class BisectionTest {
  private static final List<Version> RELEASES =
      IntStream.rangeClosed(0, 20).mapToObj(minor -> new Version(2, minor, 0)).toList();

  private final List<Version> asked = new ArrayList<>();

  private Outcome search(Observer observer) throws IOException {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Observer counted =
        version -> {
          asked.add(version);
          return observer.observe(version);
        };
    return new Bisection(counted, out).search(RELEASES);
  }

  private static Observation seen(boolean differs, String bits) {
    return new Observation(differs, bits, "p", differs ? Blame.ORACLE : Blame.NOBODY, "facts");
  }

  @Test
  void theFirstReleaseWithTheDifferenceIsFoundWhereverItIs() throws IOException {
    for (int first = 1; first <= 20; first++) {
      int planted = first;
      asked.clear();
      Outcome outcome = search(v -> seen(v.minor() >= planted, "same"));
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Found.class,
              found -> {
                assertThat(found.firstWith()).isEqualTo(new Version(2, planted, 0));
                assertThat(found.lastWithout()).isEqualTo(new Version(2, planted - 1, 0));
                assertThat(found.after().blame()).isEqualTo(Blame.ORACLE);
              });
      assertThat(asked).hasSizeLessThanOrEqualTo(7);
    }
  }

  @Test
  void otherBitsAreSearchedForWhereNothingDiffers() throws IOException {
    Outcome outcome = search(v -> seen(false, v.minor() >= 13 ? "new" : "old"));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Found.class,
            found -> assertThat(found.firstWith()).isEqualTo(new Version(2, 13, 0)));
    assertThat(BisectionText.of(outcome))
        .contains("first      torch 2.13.0: the oracle's bits are not those of torch 2.0.0")
        .contains("kernels for this processor compute other bits");
  }

  @Test
  void endsThatAreTheWrongWayRoundAreSaidSo() throws IOException {
    Outcome outcome = search(v -> seen(v.minor() < 5, "same"));
    assertThat(BisectionText.of(outcome)).contains("torch 2.0.0, said to be good, differs");
    assertThat(asked).hasSize(2);
  }

  @Test
  void endsThatShowTheSameAreSaidSo() throws IOException {
    assertThat(BisectionText.of(search(v -> seen(false, "same")))).contains("neither differs");
    assertThat(BisectionText.of(search(v -> seen(true, "same")))).contains("both differ");
  }

  @Test
  void aReleaseThatCannotBeSetUpIsLeftOutAndNamedWhereItMatters() throws IOException {
    Outcome outcome =
        search(
            v -> {
              if (v.minor() == 10) {
                throw new Unobservable("no wheel");
              }
              return seen(v.minor() >= 10, "same");
            });
    assertThat(BisectionText.of(outcome))
        .contains("first      torch 2.11.0", "last       torch 2.9.0")
        .contains("left out   torch 2.10.0: no wheel");
  }

  @Test
  void anEndThatCannotBeSetUpEndsTheSearch() throws IOException {
    Outcome outcome =
        search(
            v -> {
              throw new Unobservable("torch " + v + ": no wheel");
            });
    assertThat(BisectionText.of(outcome)).contains("an end of the search").contains("2.0.0");
  }
}
