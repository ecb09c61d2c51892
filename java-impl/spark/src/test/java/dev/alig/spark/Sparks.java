package dev.alig.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** The one Spark context that a process may have. */
final class Sparks {
  private static @Nullable JavaSparkContext context;

  private Sparks() {}

  /** Two threads in this process; a task may fail three times. */
  static synchronized JavaSparkContext local() {
    if (context == null || context.sc().isStopped()) {
      context = new JavaSparkContext(conf("local[2,4]"));
    }
    return context;
  }

  /** Two executors, each a process with one thread. */
  static synchronized JavaSparkContext cluster() throws IOException {
    stop();
    linkJars(Path.of(System.getenv("SPARK_HOME"), "jars"));
    context = new JavaSparkContext(clusterConf("local-cluster[2,1,1024]"));
    return context;
  }

  /** The settings of an application whose executors are processes with this class path. */
  static SparkConf clusterConf(String master) {
    return conf(master)
        .set("spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .set(
            "spark.executor.extraClassPath",
            classPath(Files::isDirectory).collect(Collectors.joining(File.pathSeparator)));
  }

  private static Stream<String> classPath(Predicate<Path> which) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> which.test(Path.of(entry)));
  }

  /** The folder of jars that a distribution of Spark has. */
  static void linkJars(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String entry : classPath(Files::isRegularFile).toList()) {
      Path jar = Path.of(entry);
      Path link = folder.resolve(jar.getFileName());
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, jar);
    }
  }

  static SparkConf conf(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("alig-spark tests")
        .set("spark.ui.enabled", "false")
        // What a lost executor had is not waited for.
        .set("spark.shuffle.io.retryWait", "100ms")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1");
  }

  static synchronized void stop() {
    if (context != null) {
      context.stop();
    }
  }

  /** The processes of the executors. */
  static List<ProcessHandle> executors() {
    return ProcessHandle.current().children().filter(Sparks::isExecutor).toList();
  }

  static boolean isExecutor(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend");
  }
}
