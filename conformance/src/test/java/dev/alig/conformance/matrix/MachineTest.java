package dev.alig.conformance.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.oracle.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows a machine can run, with listings of GPUs as nvidia-smi prints them. */
class MachineTest {
  private static final String AMPERE = "GPU-1f2e, 8.6, NVIDIA GeForce RTX 3090\n";
  private static final String HOPPER = "GPU-9a3c, 9.0, NVIDIA H100 80GB HBM3\n";

  @TempDir private Path folder;

  private static Machine with(CudaDevices gpus) {
    return new Machine(Os.LINUX, Map.of(17, Path.of("jdk17")), Map.of("3.11", "python3.11"), gpus);
  }

  private static Machine with(String listing) {
    return with(CudaDevices.listed(0, listing));
  }

  @Test
  void aRowWhoseNeedsAreMetRuns() {
    assertThat(with(CudaDevices.NONE).lacks(Rows.plain("a"))).isEmpty();
  }

  @Test
  void anotherOperatingSystemIsLacking() {
    Machine mac = new Machine(Os.MACOS, Map.of(), Map.of(), CudaDevices.NONE);
    assertThat(mac.lacks(Rows.plain("a"))).contains("this is macos, not linux");
  }

  @Test
  void aJdkThatIsNotInstalledIsLackingUnlessTheRowNeedsNone() {
    Machine bare =
        new Machine(
            Os.LINUX, Map.of(25, Path.of("x")), Map.of("3.11", "python3"), CudaDevices.NONE);
    assertThat(bare.lacks(Rows.plain("a"))).contains("JDK 17 is not installed");
    assertThat(bare.lacks(Rows.replay(Device.CPU))).isEmpty();
  }

  @Test
  void aPythonThatIsNotOnThePathIsLacking() {
    Machine bare = new Machine(Os.LINUX, Map.of(17, Path.of("x")), Map.of(), CudaDevices.NONE);
    assertThat(bare.lacks(Rows.plain("a"))).contains("Python 3.11 is not on the path");
  }

  @Test
  void withoutAGpuEveryGpuRowSaysTheSame() {
    Machine none = with(CudaDevices.NONE);
    assertThat(none.lacks(Rows.cuda())).contains("no CUDA device");
    assertThat(none.lacks(Rows.cudaOracle())).contains("no CUDA device");
    assertThat(none.lacks(Rows.replay(Device.CUDA))).contains("no CUDA device");
  }

  @Test
  void aListingOfNothingSaysWhatTheDriverSays() {
    CudaDevices silent = CudaDevices.listed(6, "No devices were found\n");
    assertThat(with(silent).lacks(Rows.cuda()))
        .contains("no CUDA device; nvidia-smi says: No devices were found");
    CudaDevices failed = CudaDevices.listed(9, "NVIDIA-SMI has failed because it couldn't\nMake");
    assertThat(failed.devices()).isEmpty();
    assertThat(failed.lacking()).endsWith("NVIDIA-SMI has failed because it couldn't");
  }

  @Test
  void aLineThatIsNoDeviceIsNone() {
    CudaDevices strange = CudaDevices.listed(0, "GPU-1, [N/A], Tesla K20\n" + AMPERE);
    assertThat(strange.devices()).hasSize(1);
    assertThat(strange.problem()).contains("Tesla K20");
    // A program that failed may have printed anything.
    assertThat(CudaDevices.listed(1, AMPERE).devices()).isEmpty();
  }

  @Test
  void aListedDeviceIsReadInFull() {
    assertThat(CudaDevices.listed(0, HOPPER + AMPERE).devices())
        .containsExactly(
            new CudaDevice("GPU-9a3c", "NVIDIA H100 80GB HBM3", 9, 0),
            new CudaDevice("GPU-1f2e", "NVIDIA GeForce RTX 3090", 8, 6));
  }

  @Test
  void aHopperIsTooNewForNd4jAlone() {
    Machine hopper = with(HOPPER);
    assertThat(hopper.lacks(Rows.cuda()))
        .contains(
            "NVIDIA H100 80GB HBM3 has compute capability 9.0;"
                + " ND4J's CUDA 11.6 build has code up to 8.6");
    assertThat(hopper.lacks(Rows.cuda("nd4j"))).isPresent();
    assertThat(hopper.lacks(Rows.cuda("tensorflow"))).isEmpty();
    assertThat(hopper.lacks(Rows.cudaOracle())).isEmpty();
    assertThat(hopper.lacks(Rows.replay(Device.CUDA))).isEmpty();
  }

  @Test
  void ofTwoDevicesTheFittingOneIsTaken() {
    CudaDevices both = CudaDevices.listed(0, HOPPER + AMPERE);
    assertThat(both.fitting(Rows.cuda()).orElseThrow().uuid()).isEqualTo("GPU-1f2e");
    assertThat(both.fitting(Rows.cudaOracle()).orElseThrow().uuid()).isEqualTo("GPU-9a3c");
    assertThat(with(both).lacks(Rows.cuda())).isEmpty();
  }

  @Test
  void anAdaRunsTheCodeOfItsGeneration() {
    assertThat(with("GPU-2, 8.9, NVIDIA L4").lacks(Rows.cuda())).isEmpty();
    assertThat(with("GPU-3, 12.0, NVIDIA GeForce RTX 5090").lacks(Rows.cuda())).isPresent();
  }

  @Test
  void theReleaseOfAJdkIsRead() throws IOException {
    assertThat(Jdks.feature(folder)).isEmpty();
    Files.createDirectories(folder.resolve("bin"));
    Files.createFile(folder.resolve("bin/javac"));
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"21.0.4\"\nOS_NAME=\"Linux\"\n");
    assertThat(Jdks.feature(folder)).contains(21);
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"?\"\n");
    assertThat(Jdks.feature(folder)).isEmpty();
  }

  @Test
  void thisMachineHasTheJdkThatRunsTheTest() {
    assertThat(Jdks.here()).containsKey(Runtime.version().feature());
  }

  @Test
  void operatingSystemsAreKnownByTheirNames() {
    assertThat(Os.of("Mac OS X")).isEqualTo(Os.MACOS);
    assertThat(Os.of("Windows 11")).isEqualTo(Os.WINDOWS);
    assertThat(Os.of("Linux")).isEqualTo(Os.LINUX);
  }
}
