package dev.alig.spark;

import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** What must hold before the first step. */
final class Requirements {
  private static final String SERIALIZER = "spark.serializer";
  private static final String JAVA_SERIALIZER = "org.apache.spark.serializer.JavaSerializer";
  private static final String RESULT_SIZE = "spark.driver.maxResultSize";

  /** What a result has beside numbers: the fields of its sums, names, and Spark's measurements. */
  private static final long REST_OF_RESULT = 16 << 10;

  private Requirements() {}

  static void requireRunning(JavaSparkContext context) {
    if (context.sc().isStopped()) {
      throw new IllegalStateException("the JavaSparkContext is stopped; create another one");
    }
  }

  static void requireJavaSerializer(SparkConf conf) {
    String serializer = conf.get(SERIALIZER, JAVA_SERIALIZER);
    if (!serializer.equals(JAVA_SERIALIZER)) {
      throw new IllegalArgumentException(
          "%s is %s, which destroys ND4J's arrays; set it to %s, the default"
              .formatted(SERIALIZER, serializer, JAVA_SERIALIZER));
    }
  }

  /** Throws if the results of a step have no place in the driver. */
  static void requireResultsFit(SparkConf conf, Distribution distribution, long parameters) {
    long limit = conf.getSizeAsBytes(RESULT_SIZE, "1g");
    long bytes =
        IntStream.range(0, distribution.tasks())
            .mapToLong(
                task -> (long) Double.BYTES * distribution.sums(task) * parameters + REST_OF_RESULT)
            .sum();
    if (limit > 0 && bytes > limit) {
      throw new IllegalArgumentException(
          "the results of a step have about %d bytes (%d tasks, %d parameters), and %s allows %d; set it to at least %d, and give the driver twice as much memory, or lower tasksPerStep"
              .formatted(bytes, distribution.tasks(), parameters, RESULT_SIZE, limit, bytes));
    }
  }
}
