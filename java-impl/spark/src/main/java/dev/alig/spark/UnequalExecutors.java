package dev.alig.spark;

/**
 * What to do if executors compute different bits from the same data, for example on processors of
 * different kinds, or with different numbers of threads.
 */
public enum UnequalExecutors {
  /** Train on, and log a warning. The steps are right, but another run can give other bits. */
  WARN,

  /** Throw {@link IllegalStateException}. */
  REFUSE
}
