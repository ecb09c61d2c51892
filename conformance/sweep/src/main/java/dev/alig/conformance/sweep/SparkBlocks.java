package dev.alig.conformance.sweep;

import static java.util.stream.Collectors.joining;

import dev.alig.conformance.Artifact;
import dev.alig.conformance.cli.BlockRun;
import dev.alig.conformance.cli.BlockShare;
import dev.alig.conformance.cluster.DriverProtocol;
import dev.alig.conformance.run.Folders;
import dev.alig.python.ChildProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs blocks on a Spark cluster.
 *
 * @param master which cluster
 * @param settings of Spark, as {@code NAME=VALUE}
 * @param spark the class path of Spark on this machine
 * @param gate the class path of the gate on the machines of the cluster
 */
record SparkBlocks(String master, List<String> settings, String spark, String gate) {
  /** Whether the tasks run on this machine. */
  static boolean isHere(String master) {
    return master.startsWith("local");
  }

  /** Runs the blocks; returns why not all could be run, or empty. */
  Optional<String> run(BlockRun run) throws IOException {
    Path out = run.settings().out();
    List<BlockShare> shares = run.shares();
    for (BlockShare share : shares) {
      Path file = DriverProtocol.arguments(out, name(share));
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, run.arguments(share, DriverProtocol.FOLDER, gate));
    }
    ClusterResults results = new ClusterResults(run);
    Path log = Folders.workers(out).resolve("spark.log");
    Process driver = new ProcessBuilder(command(out)).redirectError(log.toFile()).start();
    try {
      Optional<String> failure =
          ChildProcess.attend(driver, ChildProcess::end, () -> talk(driver, log, shares, results));
      failure.ifPresent(results::fail);
      driver.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      results.fail("the run was interrupted");
    } finally {
      ChildProcess.kill(driver);
    }
    return results.merge();
  }

  private static String name(BlockShare share) {
    return Integer.toString(share.number());
  }

  private List<String> command(Path out) {
    List<Path> code =
        Stream.of(DriverProtocol.class, ChildProcess.class)
            .map(Artifact::location)
            .distinct()
            .toList();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", ChildProcess.parentSwitch()));
    String path = joined(code, File.pathSeparator);
    command.addAll(List.of("-cp", path + File.pathSeparator + spark, DriverProtocol.DRIVER));
    command.addAll(List.of(master, out.toString()));
    if (isHere(master)) {
      command.addAll(List.of("spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1"));
    }
    // Executors get jars from the driver; a build that was not packaged has folders of classes.
    command.add(
        code.stream().allMatch(Files::isRegularFile)
            ? "spark.jars=" + joined(code, ",")
            : "spark.executor.extraClassPath=" + path);
    command.addAll(settings);
    return command;
  }

  private static String joined(List<Path> paths, String separator) {
    return paths.stream().map(Path::toString).collect(joining(separator));
  }

  /** Has the shares run that check the bridge, then the others; returns why that failed. */
  private Optional<String> talk(
      Process driver, Path log, List<BlockShare> shares, ClusterResults results) {
    try (BufferedWriter jobs = driver.outputWriter();
        BufferedReader answers = driver.inputReader()) {
      String first = answers.readLine();
      if (!DriverProtocol.READY.equals(first)) {
        return Optional.of(
            "Spark cannot be started with the master %s: %s; see %s"
                .formatted(master, first == null ? Child.tail(log) : first, log));
      }
      for (boolean isOfBridge : List.of(true, false)) {
        List<BlockShare> now =
            shares.stream().filter(share -> share.isOfBridge() == isOfBridge).toList();
        if (!run(now, jobs, answers, results)) {
          return Optional.of(
              "Spark's driver ended before all blocks had run: %s; see %s"
                  .formatted(Child.tail(log), log));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Spark's driver cannot be talked to; see " + log, e);
    }
  }

  /** Returns whether the driver answered for all. */
  private static boolean run(
      List<BlockShare> shares, BufferedWriter jobs, BufferedReader answers, ClusterResults results)
      throws IOException {
    Map<String, BlockShare> running = new HashMap<>();
    for (BlockShare share : shares) {
      running.put(name(share), share);
      jobs.write(name(share));
      jobs.newLine();
    }
    jobs.flush();
    while (!running.isEmpty()) {
      String line = answers.readLine();
      if (line == null) {
        return false;
      }
      String[] words = line.split(" ", 3);
      BlockShare share = running.remove(words[0]);
      if (share != null) {
        results.take(share, words[1], words[2]);
      }
    }
    return true;
  }
}
