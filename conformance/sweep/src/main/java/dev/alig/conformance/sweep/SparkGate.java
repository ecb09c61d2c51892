package dev.alig.conformance.sweep;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.cli.BlockRun;
import dev.alig.conformance.cli.Conform;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ci/sweep --spark}: one run of the gate, whose blocks run on a Spark cluster. */
@Command(
    name = "ci/sweep",
    description =
        "Runs the gate's blocks as tasks of a Spark cluster. All switches but --spark… and"
            + " --executor-class-path are those of ci/conform.")
@API(status = INTERNAL, since = "0.1")
public final class SparkGate extends Conform {
  /** The switch that chooses this command. */
  static final String SWITCH = "--spark";

  private final SparkJars jars;

  @Option(
      names = SWITCH,
      required = true,
      paramLabel = "MASTER",
      description = "The cluster, such as spark://HOST:7077, or local[2] for two tasks here.")
  private String master = "";

  @Option(
      names = "--spark-conf",
      paramLabel = "NAME=VALUE",
      description = "A setting of Spark. May be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--executor-class-path",
      paramLabel = "PATH",
      description =
          "The class path of the gate on the machines of the cluster (default: that of this"
              + " process).")
  private String classPath = System.getProperty("java.class.path", "");

  /**
   * A command that prints to a stream.
   *
   * @param jars where Spark is
   */
  SparkGate(PrintStream out, SparkJars jars) {
    super(out);
    this.jars = jars;
  }

  /** Runs the command and returns its status. */
  static int run(PrintStream out, SparkJars jars, String... arguments) {
    return run(new SparkGate(out, jars), arguments);
  }

  @Override
  protected Optional<String> runBlocks(BlockRun run) throws IOException {
    if (countsWorkers()) {
      throw new IllegalArgumentException(
          "--workers: the cluster decides how many tasks run at a time; leave it out");
    }
    for (String setting : settings) {
      if (setting.indexOf('=') < 1) {
        throw new IllegalArgumentException("--spark-conf must be NAME=VALUE, was " + setting);
      }
    }
    // The other machines have an environment of their own.
    python(run.needsPython() && SparkBlocks.isHere(master));
    return new SparkBlocks(master, settings, jars.classPath(), classPath).run(run);
  }
}
