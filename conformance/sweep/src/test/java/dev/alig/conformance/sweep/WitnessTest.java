package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.sweep.Bisection.Unobservable;
import dev.alig.conformance.sweep.Observation.Blame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches that are cut short, and go on. */
class WitnessTest {
  @TempDir private Path folder;

  private final List<String> looked = new ArrayList<>();
  private String bits = "old";

  private String observe(String asked, String torch) throws IOException, Unobservable {
    Observation seen = Witness.remembering(this::look, asked, folder).observe(torch);
    assertThat(seen).isEqualTo(observation(seen.bits()));
    return seen.bits();
  }

  private static Observation observation(String bits) {
    return new Observation(true, bits, "p", Blame.ORACLE, "line\nline");
  }

  private Observation look(String torch) throws Unobservable {
    looked.add(torch);
    if (torch.equals("2.14.0")) {
      throw new Unobservable("no wheel");
    }
    return observation(bits);
  }

  @BeforeEach
  void lookOnce() throws IOException, Unobservable {
    observe("a case", "2.13.0");
    bits = "new";
  }

  @Test
  void whatWasSeenIsNotLookedAtAgain() throws IOException, Unobservable {
    assertThat(observe("a case", "2.13.0")).isEqualTo("old");
    assertThat(looked).containsExactly("2.13.0");
  }

  @Test
  void anotherCaseIsLookedAt() throws IOException, Unobservable {
    assertThat(observe("another case", "2.13.0")).isEqualTo("new");
  }

  @Test
  void aFileThatWasCutShortCountsAsNone() throws IOException, Unobservable {
    Files.writeString(folder.resolve("2.13.0/seen.json"), "{\"asked\": \"a case\", ");
    assertThat(observe("a case", "2.13.0")).isEqualTo("new");
  }

  @Test
  void whatCouldNotBeLookedAtIsTriedAgain() {
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> observe("a case", "2.14.0")).isInstanceOf(Unobservable.class);
    }
    assertThat(looked).containsExactly("2.13.0", "2.14.0", "2.14.0");
  }
}
