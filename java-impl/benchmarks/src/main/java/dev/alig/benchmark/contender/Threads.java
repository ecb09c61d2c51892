package dev.alig.benchmark.contender;

/** How many threads a contender may use. */
public final class Threads {
  /** The system property that our kernels heed as well. */
  public static final String PROPERTY = "alig.threads";

  private Threads() {}

  /** What the property says; without it, the number of processors. */
  public static int count() {
    return Integer.getInteger(PROPERTY, Runtime.getRuntime().availableProcessors());
  }
}
