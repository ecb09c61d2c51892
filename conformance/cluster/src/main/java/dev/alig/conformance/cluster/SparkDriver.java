package dev.alig.conformance.cluster;

import dev.alig.python.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The driver of a run on a cluster, in a process of its own: so the class path of Spark and that of
 * the gate do not meet.
 *
 * <p>Each job is a Spark job with one task, so that one that fails ends no other.
 */
final class SparkDriver {
  /** What is given to each job, in the driver's folder and in that of the job. */
  private static final Path GIVEN = Path.of("workers", "told");

  /** More jobs wait in the driver and not in Spark. */
  private static final int MOST = 256;

  private static final int COULD_NOT_RUN = 2;

  private final JavaSparkContext context;
  private final Path folder;

  private SparkDriver(JavaSparkContext context, Path folder) {
    this.context = context;
    this.folder = folder;
  }

  /**
   * Runs the jobs that the input names, until it ends.
   *
   * @param arguments Spark's master, the folder, and settings of Spark as {@code NAME=VALUE}
   */
  public static void main(String[] arguments) {
    ChildProcess.endWithParent();
    List<String> all = Arrays.asList(arguments);
    try (JavaSparkContext context = connect(all.get(0), all.subList(2, all.size()))) {
      say(DriverProtocol.READY);
      new SparkDriver(context, Path.of(all.get(1))).run();
    } catch (Exception | LinkageError e) {
      say(reason(e));
      System.exit(COULD_NOT_RUN);
    }
  }

  private static JavaSparkContext connect(String master, List<String> settings) {
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("ALI-G conformance")
            .set("spark.log.level", "WARN")
            .set("spark.ui.enabled", "false");
    for (String setting : settings) {
      int sign = setting.indexOf('=');
      conf.set(setting.substring(0, sign), setting.substring(sign + 1));
    }
    return new JavaSparkContext(conf);
  }

  private void run() throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(MOST);
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        String job = line;
        threads.execute(() -> say(job + " " + outcome(job)));
      }
    }
    threads.shutdown();
    threads.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS);
  }

  private String outcome(String name) {
    try {
      List<String> lines = Files.readAllLines(DriverProtocol.arguments(folder, name));
      Job job = new Job(name, new ArrayList<>(lines), PackedFolder.of(folder, GIVEN));
      // The thread is interrupted when the task is to end.
      context.setJobGroup(name, "blocks from " + name, true);
      Answer answer = context.parallelize(List.of(job), 1).map(new JobRun()).collect().get(0);
      answer.left().unpack(folder);
      return "%s %d %s".formatted(DriverProtocol.ENDED, answer.status(), answer.host());
    } catch (Exception e) {
      return DriverProtocol.FAILED + " " + reason(e);
    }
  }

  /** The first line of what went wrong. */
  private static String reason(Throwable thrown) {
    String text = Optional.ofNullable(thrown.getMessage()).orElse("");
    return thrown.getClass().getSimpleName() + ": " + text.lines().findFirst().orElse("");
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
