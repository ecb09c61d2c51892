package dev.alig.conformance.cluster;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.nio.file.Path;
import org.apiguardian.api.API;

/**
 * What the gate and {@link SparkDriver} tell each other. This class loads without Spark.
 *
 * <p>The driver says {@link #READY}, or why it cannot begin. Each line of its input names a job,
 * whose arguments are the lines of {@link #arguments}. When a job has ended, its files are in the
 * driver's folder, and a line of the output has its name and either {@link #ENDED}, the status and
 * the host, or {@link #FAILED} and the reason. The driver ends after its input.
 */
@API(status = INTERNAL, since = "0.1")
public final class DriverProtocol {
  /** The driver's main class. */
  public static final String DRIVER = SparkDriver.class.getName();

  /** Stands for the folder of a job in its arguments. */
  public static final String FOLDER = "{folder}";

  /** The line that says that the cluster has been reached. */
  public static final String READY = "ready";

  /** The second word of the line of a job whose process has ended. */
  public static final String ENDED = "ended";

  /** The second word of the line of a job that Spark could not run. */
  public static final String FAILED = "failed";

  private DriverProtocol() {}

  /** The file of a job's arguments, one per line, in a folder. */
  public static Path arguments(Path folder, String job) {
    return folder.resolve("workers").resolve("jobs").resolve(job + ".arguments");
  }

  /** What a job prints, in a folder. */
  public static Path log(Path folder, String job) {
    return folder.resolve("workers").resolve("jobs").resolve(job + ".log");
  }
}
