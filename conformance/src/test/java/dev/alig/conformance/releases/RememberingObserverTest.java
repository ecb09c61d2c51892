package dev.alig.conformance.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.releases.Observer.Unobservable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches that are cut short, and go on. */
class RememberingObserverTest {
  private static final Version FIRST = Version.of("2.13.0");
  private static final Version SECOND = Version.of("2.14.0");

  @TempDir private Path folder;

  private final List<Version> looked = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private String bits = "old";

  private Observation observe(String asked, Version version) throws IOException, Unobservable {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (RunFolder place = new RunFolder(folder)) {
      return new RememberingObserver(this::look, place, asked, out).observe(version);
    }
  }

  private Observation look(Version version) throws Unobservable {
    looked.add(version);
    if (version.equals(SECOND)) {
      throw new Unobservable("no wheel");
    }
    return new Observation(true, bits, "p", Blame.ORACLE, "line\nline");
  }

  @BeforeEach
  void lookOnce() throws IOException, Unobservable {
    observe("a case", FIRST);
    bits = "new";
  }

  @Test
  void whatWasSeenIsNotLookedAtAgain() throws IOException, Unobservable {
    assertThat(observe("a case", FIRST))
        .isEqualTo(new Observation(true, "old", "p", Blame.ORACLE, "line\nline"));
    assertThat(looked).containsExactly(FIRST);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("2.13.0: was looked at before");
  }

  @Test
  void anotherCaseIsLookedAt() throws IOException, Unobservable {
    assertThat(observe("another case", FIRST).bits()).isEqualTo("new");
  }

  @Test
  void aFileThatWasCutShortCountsAsNone() throws IOException, Unobservable {
    Files.writeString(folder.resolve("bisect/2.13.0/seen.json"), "{\"asked\": \"a case\", ");
    assertThat(observe("a case", FIRST).bits()).isEqualTo("new");
  }

  @Test
  void whatCouldNotBeLookedAtIsTriedAgain() {
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> observe("a case", SECOND)).isInstanceOf(Unobservable.class);
    }
    assertThat(looked).containsExactly(FIRST, SECOND, SECOND);
  }

  @Test
  void aSearchThatFoundItsReleaseIsForgotten() throws IOException, Unobservable {
    try (RunFolder place = new RunFolder(folder)) {
      place.forget(List.of(FIRST, SECOND));
    }
    assertThat(observe("a case", FIRST).bits()).isEqualTo("new");
  }
}
