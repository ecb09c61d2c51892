package dev.alig.conformance.cli;

import static java.util.Comparator.comparing;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.properties.Checks;
import dev.alig.conformance.properties.ConformanceSuite;
import dev.alig.conformance.run.Block;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The blocks of a run. Any worker may take any of them. */
final class Blocks {
  /** The bridge comes before all, then what takes longest. */
  private static final List<Requirement> FIRST =
      List.of(
          Requirement.BRIDGE,
          Requirement.SPECIAL_VALUES,
          Requirement.TRAINED_DNC,
          Requirement.TRAINED_WRN,
          Requirement.TRAINED_DENSENET,
          Requirement.TRAINED_INFERSENT,
          Requirement.TRAINED_RESNET,
          Requirement.TRAINED_LSTM,
          Requirement.TRAINED_BILSTM,
          Requirement.TRAINED_CONVNET,
          Requirement.OPTIMIZERS,
          Requirement.LONG_RUN,
          Requirement.NORM,
          Requirement.GROUPS);

  private Blocks() {}

  /** The blocks of suites, suite by suite, in the best order. */
  static List<Block> of(ConformanceSettings settings, List<ConformanceSuite> suites) {
    return suites.stream().flatMap(suite -> of(settings, suite)).toList();
  }

  private static Stream<Block> of(ConformanceSettings settings, ConformanceSuite suite) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(suite.getClass())).build();
    TestPlan plan = LauncherFactory.create().discover(request);
    String subject = suite.subject().name();
    return plan.getRoots().stream()
        .flatMap(root -> plan.getDescendants(root).stream())
        .flatMap(test -> test.getSource().stream())
        .filter(MethodSource.class::isInstance)
        .map(source -> ((MethodSource) source).getJavaMethod())
        .filter(
            property ->
                settings.asksFor(
                    requirements(property), !property.isAnnotationPresent(Example.class)))
        .sorted(comparing(Blocks::rank).thenComparing(Method::getName))
        .flatMap(
            property ->
                IntStream.range(0, property.getParameterCount() == 0 ? 1 : count(settings))
                    .mapToObj(number -> new Block(subject, property.getName(), number)));
  }

  private static int count(ConformanceSettings settings) {
    return Block.count(settings.tries());
  }

  private static List<Requirement> requirements(Method property) {
    Checks checks = property.getAnnotation(Checks.class);
    return checks == null ? List.of() : List.of(checks.value());
  }

  /** Whether a block checks the bridge to Python, which later blocks must know about. */
  static boolean isOfBridge(Block block) {
    return Arrays.stream(ConformanceSuite.class.getMethods())
        .filter(property -> requirements(property).contains(Requirement.BRIDGE))
        .anyMatch(property -> property.getName().equals(block.property()));
  }

  private static int rank(Method property) {
    return requirements(property).stream()
        .mapToInt(FIRST::indexOf)
        .filter(index -> index >= 0)
        .min()
        .orElse(FIRST.size());
  }

  /**
   * The same blocks, beginning with those of one subject. A worker keeps to a subject while it can,
   * because each subject takes time to start.
   */
  static List<Block> startingWith(int subject, List<Block> blocks) {
    List<String> subjects = blocks.stream().map(Block::subject).distinct().toList();
    String begin = subjects.get(subject % subjects.size());
    return Stream.concat(
            blocks.stream().dropWhile(block -> !block.subject().equals(begin)),
            blocks.stream().takeWhile(block -> !block.subject().equals(begin)))
        .toList();
  }

  /**
   * Takes a block for this process by making its file, unless another process has made it.
   *
   * @param out the report folder of the run
   */
  static boolean claim(Block block, Path out) {
    Path file = claimed(block, out);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("the report folder cannot be written: " + file, e);
    }
  }

  /** Whether a process has taken a block. */
  static boolean isClaimed(Block block, Path out) {
    return Files.exists(claimed(block, out));
  }

  private static Path claimed(Block block, Path out) {
    return Folders.workers(out).resolve("claims").resolve(block.toString().replace(':', '-'));
  }
}
