package dev.alig.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Whether all executors compute the same bits from the same data. */
final class Canaries {
  private final UnequalExecutors policy;
  private final Consumer<String> log;
  private final Map<Long, String> executors = new LinkedHashMap<>();

  /**
   * No executors yet.
   *
   * @param log hears of a difference that the policy accepts
   */
  Canaries(UnequalExecutors policy, Consumer<String> log) {
    this.policy = policy;
    this.log = log;
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
    log.accept(message);
  }

  /** The first checksum. */
  long first() {
    return executors.keySet().iterator().next();
  }
}
