package dev.alig.spark;

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

  static SparkConf conf(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("alig-spark tests")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1");
  }

  static synchronized void stop() {
    if (context != null) {
      context.stop();
    }
  }
}
