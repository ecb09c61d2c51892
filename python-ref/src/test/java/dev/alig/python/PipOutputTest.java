package dev.alig.python;

import static dev.alig.python.EnvironmentException.Problem.DISK_FULL;
import static dev.alig.python.EnvironmentException.Problem.NO_SUCH_VERSION;
import static dev.alig.python.EnvironmentException.Problem.REGISTRY_UNREACHABLE;
import static dev.alig.python.EnvironmentException.Problem.TOOL_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pip's lines become short progress, and its failures one clear error. */
final class PipOutputTest {
  private static final String RETRYING =
      "WARNING: Retrying (Retry(total=4, connect=None, read=None, redirect=None, status=None))"
          + " after connection broken by 'NewConnectionError'";
  private static final String NONE_FOUND =
      "ERROR: Could not find a version that satisfies the requirement torch==9.9"
          + " (from versions: none)";
  private static final String OTHERS_FOUND =
      "ERROR: Could not find a version that satisfies the requirement torch==9.9"
          + " (from versions: 2.14.0, 2.15.0)";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "  Downloading https://host/torch-2.15.0-cp311-cp311-linux.whl (539.1 MB)"
            + " | downloading torch-2.15.0 (539.1 MB)",
        "  Using cached numpy-2.4.6-cp311-cp311-linux.whl (16.9 MB)"
            + " | using cached numpy-2.4.6 (16.9 MB)",
        "  Downloading jep-4.3.1.tar.gz (3.0 MB) | downloading jep-4.3.1.tar.gz (3.0 MB)",
        "  Building wheel for jep (pyproject.toml): started | compiling jep",
        "Installing collected packages: a, b, c | unpacking 3 packages",
        "Installing collected packages: jep | unpacking 1 package",
      })
  void whatTakesTimeIsShown(String line, String shown) {
    assertThat(PipLines.shorten(line)).contains(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Requirement already satisfied: pip",
        "  Downloading wheel-0.48.0-py3-none-any.whl (33 kB)",
        "  Building wheel for jep (pyproject.toml): finished with status 'done'",
      })
  void whatIsQuickIsLeftOut(String line) {
    assertThat(PipLines.shorten(line)).isEmpty();
  }

  @Test
  void aRegistryThatDoesNotAnswerIsShownAtOnce() {
    assertThat(PipLines.shorten(RETRYING)).contains("the registry does not answer; tries left: 4");
  }

  @Test
  void retriesInVainMeanThatTheRegistryIsUnreachable() {
    assertThat(failure(RETRYING, NONE_FOUND).problem()).isEqualTo(REGISTRY_UNREACHABLE);
  }

  @Test
  void aRetryThatHelpedDoesNotHideAMissingVersion() {
    assertThat(failure(RETRYING, OTHERS_FOUND).problem()).isEqualTo(NO_SUCH_VERSION);
  }

  @Test
  void aMissingVersionListsWhatThereIs() {
    assertThat(failure(OTHERS_FOUND))
        .hasMessageContainingAll("torch==9.9", "2.14.0, 2.15.0", "-Dtorch.version");
  }

  @Test
  void aDiskThatFillsUpMidwayIsNamed() {
    EnvironmentException failure =
        failure("ERROR: Could not install packages: [Errno 28] No space left on device");
    assertThat(failure.problem()).isEqualTo(DISK_FULL);
    assertThat(failure).hasMessageContaining("-Dpython.cache");
  }

  @Test
  void anyOtherFailureQuotesPipAndNamesTheLog() {
    EnvironmentException failure = failure("error: command failed", "error: metadata");
    assertThat(failure.problem()).isEqualTo(TOOL_FAILED);
    assertThat(failure)
        .hasMessageContainingAll(
            "exit status 1", "error: metadata", Path.of("/the.log").toString());
  }

  private static EnvironmentException failure(String... lines) {
    return PipFailure.of("testing", new Shell.Result(1, List.of(lines)), Path.of("/the.log"));
  }
}
