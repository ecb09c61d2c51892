package dev.alig.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alig.conformance.oracle.Processor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Python package under the gate, in a process that has the environment of a user's shell. */
@Execution(ExecutionMode.CONCURRENT)
class PythonSubjectTest {
  private static final Path SOURCES = Path.of("..", "..", "python-ref", "src");

  @TempDir private Path folder;

  private record Ended(int status, String printed) {}

  private Ended conform(Map<String, String> variables, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name : List.of("python", "python.env", "python.cache", "torch.version")) {
      if (!System.getProperty(name, "").isBlank()) {
        command.add("-D%s=%s".formatted(name, System.getProperty(name)));
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Conform.class.getName(), "--subject", "python"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--out", folder.resolve("report").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    List.of("ATEN_CPU_CAPABILITY", "MKL_CBWR", "ONEDNN_MAX_CPU_ISA")
        .forEach(builder.environment()::remove);
    builder.environment().putAll(variables);
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), printed);
  }

  /** A copy of the bundled package, in which a text of {@code alig.py} is another. */
  private Path copied(String text, String other) throws IOException {
    assertThat(SOURCES.resolve("alig/th/alig.py")).content().contains(text);
    Path copy = folder.resolve("package");
    try (Stream<Path> files = Files.walk(SOURCES.resolve("alig"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".py")).toList()) {
        Path to = copy.resolve(SOURCES.relativize(file));
        Files.createDirectories(to.toAbsolutePath().getParent());
        Files.writeString(to, Files.readString(file).replace(text, other));
      }
    }
    return copy;
  }

  /** The row linux-python of {@code ci/sweep} has all requirements. */
  @Test
  void itConformsToExactArithmetic() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--oracle", "exact", "--tries", "8"));
    Stream.of("BRIDGE", "STEP_SIZE", "GROUPS", "MOMENTUM_STANDARD", "PROJECTION", "SIDE_EFFECTS")
        .forEach(requirement -> arguments.addAll(List.of("--only", requirement)));
    Ended ended = conform(Map.of(), arguments.toArray(String[]::new));
    assertThat(ended.status()).as(ended.printed()).isZero();
    assertThat(ended.printed()).contains("BRIDGE").containsOnlyOnce("subject: python");
    assertThat(Files.readString(folder.resolve("report").resolve("report.json")))
        .contains("\"kind\" : \"exact\"")
        .contains("\"processor\" : \"" + Processor.here().describe());
  }

  /** One ulp is found where the settings are pinned; elsewhere bits are the processor's own. */
  @Test
  void aWrongStepSizeIsFoundAndTheProcessorsAreNamed() throws Exception {
    boolean pinned = Processor.here().hasAvx2();
    String factor = pinned ? "2**-52" : "2**-20";
    Path wrong = copied("loss / denominator)", "loss / denominator * (1 + %s))".formatted(factor));
    Ended ended = conform(Map.of(), "--oracle", "traces", "--package", wrong.toString());
    assertThat(ended.status()).as(ended.printed()).isOne();
    assertThat(ended.printed())
        .contains("TRACES_TH")
        .contains("processor    " + Processor.here().describe())
        .contains("recorded     alig.th 1.1, commit c40de14; torch 2.15.0+cu132; x86_64, Intel");
    if (pinned) {
      assertThat(ended.printed()).contains("0 ulp: library, instructions and settings are those");
    }
  }

  @Test
  void anotherFolderWithTheOraclesCodeIsNoOtherPackage() throws Exception {
    Ended ended = conform(Map.of(), "--package", copied("", "").toString(), "--tries", "2");
    assertThat(ended.status()).as(ended.printed()).isEqualTo(2);
    assertThat(ended.printed()).contains("would be compared with itself");
  }

  @Test
  void withoutAnotherOracleItIsRefused() throws Exception {
    Ended ended = conform(Map.of());
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.printed())
        .contains("--subject python: the oracle is the same package (bundled)")
        .contains("add --oracle exact or --oracle traces");
  }

  @Test
  void aFolderWithoutAPackageIsNamed() throws Exception {
    Ended ended = conform(Map.of(), "--oracle", "traces", "--package", folder.toString());
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.printed()).contains("--package: the folder " + folder.toAbsolutePath());
  }

  @Test
  void aDeviceThatIsNotThereIsNotRun() throws Exception {
    Ended ended =
        conform(Map.of("CUDA_VISIBLE_DEVICES", ""), "--oracle", "exact", "--device", "cuda");
    assertThat(ended.status()).as(ended.printed()).isEqualTo(2);
    assertThat(ended.printed()).contains("not run: ");
  }

  /** Each pair of settings makes torch and MKL compute as on another processor. */
  @ParameterizedTest
  @CsvSource({
    "COMPATIBLE, default, ''",
    "AVX2, avx2, avx2",
    "AVX512, avx512, avx512f",
  })
  void theTracesAreRepeatedOnOtherProcessors(String mkl, String torch, String feature)
      throws Exception {
    Processor here = Processor.here();
    assumeTrue(here.architecture().equals("x86_64"), "not run: this is " + here.architecture());
    assumeTrue(
        feature.isEmpty() || here.features().contains(feature),
        "not run: the processor has no " + feature);
    Map<String, String> settings = Map.of("ATEN_CPU_CAPABILITY", torch, "MKL_CBWR", mkl);
    Ended ended = conform(settings, "--oracle", "traces");
    assertThat(ended.status()).as(ended.printed()).isZero();
    assertThat(Files.readString(folder.resolve("report").resolve("report.json")))
        .contains("\"settings\" : \"ATEN_CPU_CAPABILITY=%s MKL_CBWR=%s\"".formatted(torch, mkl));
  }
}
