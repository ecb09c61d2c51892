package dev.alig.spark;

import java.io.Serializable;

/**
 * Reads the micro-batch of a path. It runs on the executors, and travels there by Java
 * serialization.
 *
 * @param <T> {@code DataSet} or {@code MultiDataSet}
 */
@FunctionalInterface
public interface MicroBatchLoader<T> extends Serializable {
  /**
   * Reads one micro-batch. The same path must always give the same data.
   *
   * @throws Exception if it cannot be read; Spark then tries again
   */
  T load(String path) throws Exception;
}
