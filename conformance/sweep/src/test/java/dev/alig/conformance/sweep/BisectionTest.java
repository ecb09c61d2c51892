package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.sweep.Bisection.Observer;
import dev.alig.conformance.sweep.Bisection.Unobservable;
import dev.alig.conformance.sweep.Observation.Blame;
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
  private static final List<String> RELEASES =
      IntStream.rangeClosed(0, 20).mapToObj(minor -> "2.%d.0".formatted(minor)).toList();

  private final List<String> asked = new ArrayList<>();
  private boolean found;

  /** What a search prints. */
  private String search(Observer observer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Observer counted =
        torch -> {
          asked.add(torch);
          return observer.observe(torch);
        };
    found = new Bisection(counted, out).search(RELEASES);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int minor(String torch) {
    return Integer.parseInt(torch.split("\\.", -1)[1]);
  }

  private static Observation seen(boolean differs, String bits) {
    return new Observation(differs, bits, "p", differs ? Blame.ORACLE : Blame.NOBODY, "facts");
  }

  @Test
  void theFirstReleaseWithTheDifferenceIsFoundWhereverItIs() throws IOException {
    for (int first = 1; first <= 20; first++) {
      int planted = first;
      asked.clear();
      assertThat(search(v -> seen(minor(v) >= planted, "same")))
          .contains("first      torch 2.%d.0".formatted(planted))
          .contains("last       torch 2.%d.0 without it".formatted(planted - 1))
          .contains("to blame   " + Blame.ORACLE.words);
      assertThat(found).isTrue();
      assertThat(asked).hasSizeLessThanOrEqualTo(7);
    }
  }

  @Test
  void otherBitsAreSearchedForWhereNothingDiffers() throws IOException {
    assertThat(search(v -> seen(false, minor(v) >= 13 ? "new" : "old")))
        .contains("first      torch 2.13.0: the oracle's bits are not those of torch 2.0.0")
        .contains("kernels for this processor compute other bits");
  }

  @Test
  void endsThatAreTheWrongWayRoundAreSaidSo() throws IOException {
    assertThat(search(v -> seen(minor(v) < 5, "same")))
        .contains("torch 2.0.0, said to be good, differs");
    assertThat(found).isFalse();
    assertThat(asked).hasSize(2);
  }

  @Test
  void endsThatShowTheSameAreSaidSo() throws IOException {
    assertThat(search(v -> seen(false, "same"))).contains("neither differs");
    assertThat(search(v -> seen(true, "same"))).contains("both differ");
  }

  @Test
  void aReleaseThatCannotBeSetUpIsLeftOutAndNamedWhereItMatters() throws IOException {
    String printed =
        search(
            v -> {
              if (minor(v) == 10) {
                throw new Unobservable("no wheel");
              }
              return seen(minor(v) >= 10, "same");
            });
    assertThat(printed)
        .contains("first      torch 2.11.0", "last       torch 2.9.0")
        .contains("left out   torch 2.10.0: no wheel");
  }

  @Test
  void anEndThatCannotBeSetUpEndsTheSearch() throws IOException {
    String printed =
        search(
            v -> {
              throw new Unobservable("torch " + v + ": no wheel");
            });
    assertThat(printed).contains("an end of the search").contains("2.0.0");
    assertThat(found).isFalse();
  }
}
