/**
 * Synchronous ALI-G for Deeplearning4j networks on Apache Spark. {@link dev.alig.spark.SparkAliG}
 * takes the same steps, bit for bit, as one process that sums the gradients of the same
 * micro-batches.
 *
 * <p>Add {@code deeplearning4j-nn} to the class path, and Spark itself as provided by the cluster.
 */
@NullMarked
package dev.alig.spark;

import org.jspecify.annotations.NullMarked;
