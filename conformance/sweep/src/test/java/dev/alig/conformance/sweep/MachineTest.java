package dev.alig.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.oracle.Processor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows a machine can run, with listings of GPUs as nvidia-smi prints them. */
class MachineTest {
  private static final String AMPERE = "GPU-1f2e, 8.6, NVIDIA GeForce RTX 3090\n";
  private static final String HOPPER = "GPU-9a3c, 9.0, NVIDIA H100 80GB HBM3\n";

  private static final Processor PROCESSOR =
      new Processor("x86_64", "a processor", Set.of("avx2", "fma"));

  @TempDir private Path folder;

  private static Machine with(Gpu.All gpus) {
    return new Machine(
        Row.Os.LINUX, Map.of(17, Path.of("jdk17")), Map.of("3.11", "python3.11"), gpus, PROCESSOR);
  }

  private static Row needing(String feature) {
    return SampleRows.plain("needing").with(Map.of("features", List.of(feature)));
  }

  private static Machine with(String listing) {
    return with(Gpu.listed(0, listing));
  }

  @Test
  void aRowWhoseNeedsAreMetRuns() {
    assertThat(with(Gpu.All.NONE).lacks(SampleRows.plain("a"))).isEmpty();
  }

  @Test
  void anotherOperatingSystemIsLacking() {
    Machine mac = new Machine(Row.Os.MACOS, Map.of(), Map.of(), Gpu.All.NONE, PROCESSOR);
    assertThat(mac.lacks(SampleRows.plain("a"))).contains("this is macos, not linux");
  }

  @Test
  void aJdkThatIsNotInstalledIsLacking() {
    Machine bare =
        new Machine(
            Row.Os.LINUX,
            Map.of(25, Path.of("x")),
            Map.of("3.11", "python3"),
            Gpu.All.NONE,
            PROCESSOR);
    assertThat(bare.lacks(SampleRows.plain("a"))).contains("JDK 17 is not installed");
  }

  @Test
  void aPythonThatIsNotOnThePathIsLacking() {
    Machine bare =
        new Machine(Row.Os.LINUX, Map.of(17, Path.of("x")), Map.of(), Gpu.All.NONE, PROCESSOR);
    assertThat(bare.lacks(SampleRows.plain("a"))).contains("Python 3.11 is not on the path");
  }

  @Test
  void whatTheProcessorLacksIsNamed() {
    assertThat(with(Gpu.All.NONE).lacks(needing("avx2"))).isEmpty();
    assertThat(with(Gpu.All.NONE).lacks(needing("avx512f")))
        .contains("the processor has no avx512f");
  }

  @Test
  void withoutAGpuEveryGpuRowSaysTheSame() {
    Machine none = with(Gpu.All.NONE);
    assertThat(none.lacks(SampleRows.cuda())).contains("no CUDA device");
    assertThat(none.lacks(SampleRows.cudaOracle())).contains("no CUDA device");
    assertThat(none.lacks(SampleRows.python("cuda"))).contains("no CUDA device");
  }

  @Test
  void aListingOfNothingSaysWhatTheDriverSays() {
    Gpu.All silent = Gpu.listed(6, "No devices were found\n");
    assertThat(with(silent).lacks(SampleRows.cuda()))
        .contains("no CUDA device; nvidia-smi says: No devices were found");
    Gpu.All failed = Gpu.listed(9, "NVIDIA-SMI has failed because it couldn't\nMake");
    assertThat(failed.devices()).isEmpty();
    assertThat(failed.lacking())
        .isEqualTo("no CUDA device; nvidia-smi says: NVIDIA-SMI has failed because it couldn't");
  }

  @Test
  void aLineThatIsNoDeviceIsNone() {
    Gpu.All strange = Gpu.listed(0, "GPU-1, [N/A], Tesla K20\n" + AMPERE);
    assertThat(strange.devices()).hasSize(1);
    assertThat(strange.problem()).isEmpty();
    // A program that failed may have printed anything.
    assertThat(Gpu.listed(1, AMPERE).devices()).isEmpty();
  }

  @Test
  void aListedDeviceIsReadInFull() {
    assertThat(Gpu.listed(0, HOPPER + AMPERE).devices())
        .containsExactly(
            new Gpu("GPU-9a3c", "9.0", "NVIDIA H100 80GB HBM3"),
            new Gpu("GPU-1f2e", "8.6", "NVIDIA GeForce RTX 3090"));
  }

  @Test
  void aHopperIsTooNewForNd4jAlone() {
    Machine hopper = with(HOPPER);
    assertThat(hopper.lacks(SampleRows.cuda()))
        .contains(
            "NVIDIA H100 80GB HBM3 has compute capability 9.0;"
                + " ND4J's CUDA 11.6 build has code up to 8.6");
    assertThat(hopper.lacks(SampleRows.cuda("nd4j"))).isPresent();
    assertThat(hopper.lacks(SampleRows.cuda("tensorflow"))).isEmpty();
    assertThat(hopper.lacks(SampleRows.cudaOracle())).isEmpty();
    assertThat(hopper.lacks(SampleRows.python("cuda"))).isEmpty();
  }

  @Test
  void ofTwoDevicesTheFittingOneIsTaken() {
    Gpu.All both = Gpu.listed(0, HOPPER + AMPERE);
    assertThat(both.fitting(SampleRows.cuda()).orElseThrow().uuid()).isEqualTo("GPU-1f2e");
    assertThat(both.fitting(SampleRows.cudaOracle()).orElseThrow().uuid()).isEqualTo("GPU-9a3c");
    assertThat(with(both).lacks(SampleRows.cuda())).isEmpty();
  }

  @Test
  void anAdaRunsTheCodeOfItsGeneration() {
    assertThat(with("GPU-2, 8.9, NVIDIA L4").lacks(SampleRows.cuda())).isEmpty();
    assertThat(with("GPU-3, 12.0, NVIDIA GeForce RTX 5090").lacks(SampleRows.cuda())).isPresent();
  }

  @Test
  void theReleaseOfAJdkIsRead() throws IOException {
    assertThat(Machine.feature(folder)).isEmpty();
    Files.createDirectories(folder.resolve("bin"));
    Files.createFile(folder.resolve("bin/javac"));
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"21.0.4\"\nOS_NAME=\"Linux\"\n");
    assertThat(Machine.feature(folder)).contains(21);
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"?\"\n");
    assertThat(Machine.feature(folder)).isEmpty();
  }

  @Test
  void thisMachineHasTheJdkThatRunsTheTest() {
    assertThat(Machine.here(List.of()).jdks()).containsKey(Runtime.version().feature());
  }

  @Test
  void operatingSystemsAreKnownByTheirNames() {
    assertThat(Row.Os.of("Mac OS X")).isEqualTo(Row.Os.MACOS);
    assertThat(Row.Os.of("Windows 11")).isEqualTo(Row.Os.WINDOWS);
    assertThat(Row.Os.of("Linux")).isEqualTo(Row.Os.LINUX);
  }
}
