package dev.alig.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether all executors compute the same bits from the same data. */
final class Canaries {
  private static final Logger LOG = LoggerFactory.getLogger(SparkAliG.class);

  private final UnequalExecutors policy;
  private final Map<Long, String> executors = new LinkedHashMap<>();

  Canaries(UnequalExecutors policy) {
    this.policy = policy;
  }

  /**
   * Adds the checksum that an executor found.
   *
   * @throws IllegalStateException if others found another one, and the policy refuses that
   */
  void add(long checksum, String executor) {
    if (executors.putIfAbsent(checksum, executor) != null || executors.size() == 1) {
      return;
    }
    Map.Entry<Long, String> first = executors.entrySet().iterator().next();
    String message =
        "%s and %s compute different bits from the same data (checksums %08x and %08x), so that another run can give other bits; use machines with processors of one kind, and set spark.executorEnv.OMP_NUM_THREADS"
            .formatted(first.getValue(), executor, first.getKey(), checksum);
    if (policy == UnequalExecutors.REFUSE) {
      throw new IllegalStateException(message);
    }
    LOG.warn(message);
  }

  /** The first checksum. */
  long first() {
    return executors.keySet().iterator().next();
  }
}
