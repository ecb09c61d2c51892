package dev.alig.conformance.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltHereTest {
  private static final Version VERSION = Version.of("2.5.1");

  @TempDir private Path folder;

  @Test
  void whatWasThereBeforeIsNeverRemoved() throws IOException {
    BuiltHere built = new BuiltHere(folder, false);
    built.begin(VERSION, true);
    assertThat(built.mayRemove(VERSION)).isFalse();
  }

  @Test
  void aRunThatGoesOnMayRemoveWhatItBuiltBeforeItWasKilled() throws IOException {
    new BuiltHere(folder, false).begin(VERSION, false);
    BuiltHere resumed = new BuiltHere(folder, false);
    resumed.begin(VERSION, true);
    assertThat(resumed.mayRemove(VERSION)).isTrue();
    resumed.forget(VERSION);
    assertThat(resumed.contains(VERSION)).isFalse();
  }

  @Test
  void aRunThatGoesOnKnowsHowLongASetUpTook() throws IOException {
    BuiltHere built = new BuiltHere(folder, true);
    built.end(VERSION, 3);
    assertThat(built.seconds(VERSION)).as("was there before").isEmpty();
    built.begin(VERSION, false);
    assertThat(built.seconds(VERSION)).as("was interrupted").isEmpty();
    built.end(VERSION, 211.25);
    assertThat(new BuiltHere(folder, true).seconds(VERSION)).hasValue(211.25);
  }

  @Test
  void nothingIsRemovedThatIsToBeKept() throws IOException {
    BuiltHere built = new BuiltHere(folder, true);
    built.begin(VERSION, false);
    assertThat(built.contains(VERSION)).isTrue();
    assertThat(built.mayRemove(VERSION)).isFalse();
  }
}
