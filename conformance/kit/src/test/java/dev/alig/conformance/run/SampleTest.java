package dev.alig.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.model.StepCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
  private static final StepCase SCRIPTED = TraceFile.shipped().get(0).scripted();

  @TempDir private Path folder;

  private static long taken(Sample sample, int tries) {
    SplittableRandom random = sample.of("nd4j", "p");
    return IntStream.range(0, tries).filter(i -> sample.takes(List.of("any"), random)).count();
  }

  @Test
  void theShareIsTaken() {
    assertThat(taken(new Sample(5, 0, Set.of()), 1000)).isZero();
    assertThat(taken(new Sample(5, 0.1, Set.of()), 10_000)).isBetween(900L, 1100L);
    assertThat(taken(new Sample(5, 1, Set.of()), 1000)).isEqualTo(1000);
  }

  @Test
  void aNamedCaseIsTakenInAnyCase() {
    Sample sample = new Sample(5, 0, Set.of(SCRIPTED.id()));
    assertThat(sample.takes(List.of(SCRIPTED), sample.of("nd4j", "p"))).isTrue();
  }

  @Test
  void whatIsNotDrawnIsNotTaken() {
    Sample sample = new Sample(5, 1, Set.of());
    assertThat(sample.takes(List.of(), sample.of("nd4j", "p"))).isFalse();
  }

  @Test
  void propertiesChooseEachForItself() {
    Sample sample = new Sample(5, 0.5, Set.of());
    assertThat(sample.of("nd4j", "p").nextLong())
        .isEqualTo(sample.of("nd4j", "p").nextLong())
        .isNotEqualTo(sample.of("nd4j", "q").nextLong())
        .isNotEqualTo(sample.of("tensorflow", "p").nextLong());
  }

  @Test
  void workersHearOfIt() throws Exception {
    assertThat(Sample.read(folder)).isEmpty();
    Sample sample = new Sample(5, 0.25, Set.of("seed 1"));
    sample.write(folder);
    assertThat(Sample.read(folder)).hasValue(sample);
    Folders.clear(folder);
    assertThat(Sample.read(folder)).isEmpty();
  }

  @Test
  void aShareThatIsNoneIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Sample(1, Double.NaN, Set.of()));
  }
}
