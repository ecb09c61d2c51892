package dev.alig.benchmark.race;

/** A contender at its place, ready to step. */
interface Competitor extends AutoCloseable {
  /** Takes steps for so long, after one that does not count; at least one. */
  Slice run(double seconds);

  @Override
  void close();
}
