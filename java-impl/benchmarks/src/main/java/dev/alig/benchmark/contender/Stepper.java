package dev.alig.benchmark.contender;

/** One contender of this JVM at one setting: the body of every benchmark. */
public interface Stepper extends AutoCloseable {
  /** Takes one step. */
  void step();

  /** All parameters as they are now. */
  double[] parameters();

  /** Lets go of all memory. */
  @Override
  void close();
}
