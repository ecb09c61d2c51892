package dev.alig.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ci/spark}: trains on a real cluster of this machine, and breaks it. */
@Command(
    name = "ci/spark",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a Spark master and two workers on 127.0.0.1 and 127.0.0.2, trains a network on them,"
          + " kills an executor and the driver, resumes, and compares the parameters with those of"
          + " the same training in one process.",
      "Exit codes: 0 all equal; 1 a difference; 2 could not run."
    })
final class ClusterCheck implements Callable<Integer> {
  @Option(
      names = "--parameters",
      defaultValue = "10000",
      description = "About how many parameters the network has (default: ${DEFAULT-VALUE}).")
  private int parameters;

  @Option(
      names = "--steps",
      defaultValue = "20",
      description = "How many steps each training takes, at least 12 (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--benchmark",
      description =
          "Time steps with 1e5, 1e6 and 1e7 parameters in local[2], local-cluster and the"
              + " standalone cluster instead.")
  private boolean benchmark;

  @Option(
      names = "--keep",
      description = "Keep the folder with the logs of all processes, and say where it is.")
  private boolean keep;

  /** What one run of the training gave. */
  private record Outcome(String name, String checksum, List<Integer> milliseconds, int speculated) {
    /** The median; the first steps make connections and networks. */
    int median() {
      List<Integer> warm =
          milliseconds.stream().skip(Math.min(3, milliseconds.size() - 1)).sorted().toList();
      return warm.get(warm.size() / 2);
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new ClusterCheck())
            .setExecutionExceptionHandler(
                (e, line, parsed) -> {
                  line.getErr().println("ci/spark: " + e.getMessage());
                  return 2;
                })
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (steps < 12 || parameters < 1) {
      System.err.println("ci/spark: --steps must be at least 12, and --parameters at least 1");
      return 2;
    }
    Path folder = Files.createTempDirectory(Path.of(System.getProperty("alig.folder")), "cluster");
    Path home = folder.resolve("home");
    Sparks.linkJars(home.resolve("jars"));
    boolean complete = false;
    try (StandaloneCluster cluster = new StandaloneCluster(folder, home, Map.of())) {
      int code = benchmark ? benchmark(cluster) : check(cluster, folder, home);
      complete = code == 0;
      return code;
    } finally {
      if (keep || !complete) {
        System.err.println("logs: " + folder);
      } else {
        StandaloneCluster.delete(folder);
      }
    }
  }

  private int check(StandaloneCluster cluster, Path folder, Path home) throws Exception {
    TrainingProgram.Task task = new TrainingProgram.Task(parameters, steps, 6);
    String serial = task.serial();
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(run("undisturbed", cluster, cluster.url(), task, 4, "-", "-", step -> {}));
    outcomes.add(
        run(
            "executor killed",
            cluster,
            cluster.url(),
            task,
            2,
            "-",
            "-",
            step -> {
              if (step == 4) {
                cluster.executors().get(0).destroyForcibly();
              }
            }));
    outcomes.add(
        run(
            "copy of a slow task",
            cluster,
            cluster.url(),
            task,
            2,
            "-",
            folder.resolve("slow").toString(),
            step -> {},
            "spark.speculation=true",
            "spark.speculation.interval=100ms",
            "spark.speculation.quantile=0.5"));
    outcomes.add(resumed(cluster, folder, task));
    cluster.close();
    String noticed = unequalExecutorsAreNoticed(folder, home, task);
    int code = table(outcomes, serial);
    System.out.println("executors with different bits noticed: " + noticed);
    return noticed.equals("NO") ? 1 : code;
  }

  /** Another processor's code for products of matrices stands for another processor. */
  private static String unequalExecutorsAreNoticed(
      Path folder, Path home, TrainingProgram.Task task) throws Exception {
    if (!System.getProperty("os.arch").equals("amd64")) {
      return "not run: it needs an x86 processor";
    }
    try (StandaloneCluster cluster =
        new StandaloneCluster(folder, home, Map.of("OPENBLAS_CORETYPE", "Prescott"))) {
      run("unequal executors", cluster, cluster.url(), task, 4, "-", "-", step -> {});
    }
    return Files.readString(folder.resolve("driver-unequal-executors.log"))
            .contains("compute different bits from the same data")
        ? "yes"
        : "NO";
  }

  private Outcome resumed(StandaloneCluster cluster, Path folder, TrainingProgram.Task task)
      throws Exception {
    String checkpoints = folder.resolve("checkpoints").toString();
    try {
      run(
          "driver killed",
          cluster,
          cluster.url(),
          task,
          2,
          checkpoints,
          "-",
          step -> {
            if (step == 7) {
              throw new Killed();
            }
          });
      throw new IOException("the driver ended before it was killed");
    } catch (Killed expected) {
      return run(
          "driver killed, resumed",
          cluster,
          cluster.url(),
          task,
          3,
          checkpoints,
          "-",
          step -> {},
          "spark.cores.max=1");
    }
  }

  /**
   * Runs the training in a driver of its own.
   *
   * @param afterStep is called after each step; if it throws, the driver is killed
   */
  private static Outcome run(
      String name,
      StandaloneCluster cluster,
      String master,
      TrainingProgram.Task task,
      int tasks,
      String checkpoints,
      String slow,
      IntConsumer afterStep,
      String... settings)
      throws IOException, InterruptedException {
    System.err.println(name + " …");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                master,
                Integer.toString(task.parameters()),
                Integer.toString(task.steps()),
                Integer.toString(task.perStep()),
                Integer.toString(tasks),
                checkpoints,
                slow));
    arguments.addAll(Arrays.asList(settings));
    Process driver =
        cluster.start(
            "driver-" + name.replace(' ', '-'),
            TrainingProgram.class.getName(),
            arguments,
            Map.of());
    String checksum = "none";
    List<Integer> milliseconds = new ArrayList<>();
    int speculated = 0;
    try (BufferedReader lines = driver.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
          case TrainingProgram.STEP -> {
            milliseconds.add(Integer.parseInt(words[2]));
            afterStep.accept(Integer.parseInt(words[1]));
          }
          case TrainingProgram.RESULT -> checksum = words[1];
          case TrainingProgram.SPECULATED -> speculated++;
          default -> {}
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      // After a result it ends by itself.
      if (checksum.equals("none")) {
        driver.destroyForcibly();
      }
      driver.waitFor();
    }
    if (milliseconds.isEmpty()) {
      throw new IOException("\"%s\" took no step; see the log of its driver".formatted(name));
    }
    return new Outcome(name, checksum, milliseconds, speculated);
  }

  private static int table(List<Outcome> outcomes, String serial) {
    System.out.printf(Locale.ROOT, "%-24s %-9s %-9s %s%n", "run", "checksum", "equal", "ms a step");
    System.out.printf(Locale.ROOT, "%-24s %-9s%n", "one process", serial);
    boolean equal = true;
    for (Outcome outcome : outcomes) {
      boolean same = outcome.checksum().equals(serial);
      equal &= same;
      System.out.printf(
          Locale.ROOT,
          "%-24s %-9s %-9s %d%n",
          outcome.name(),
          outcome.checksum(),
          same ? "yes" : "NO",
          outcome.median());
    }
    Outcome copied = outcomes.get(2);
    System.out.printf("copies of slow tasks that ended first: %d%n", copied.speculated());
    return equal && copied.speculated() > 0 ? 0 : 1;
  }

  private int benchmark(StandaloneCluster cluster) throws Exception {
    System.out.printf("%-28s %12s %10s %6s%n", "master", "parameters", "ms a step", "load");
    for (String master : List.of("local[2]", "local-cluster[2,1,2048]", cluster.url())) {
      for (int size : new int[] {100_000, 1_000_000, 10_000_000}) {
        TrainingProgram.Task task = new TrainingProgram.Task(size, steps, 2);
        Outcome outcome =
            run(
                "benchmark",
                cluster,
                master,
                task,
                2,
                "-",
                "-",
                step -> {},
                "spark.broadcast.compress=false",
                "spark.executor.extraJavaOptions=");
        System.out.printf(
            Locale.ROOT,
            "%-28s %,12d %10d %6.1f%n",
            master,
            task.network().numParams(),
            outcome.median(),
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      }
    }
    return 0;
  }
}
