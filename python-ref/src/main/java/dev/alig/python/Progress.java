package dev.alig.python;

import java.io.PrintStream;

/** Hears, line by line, what a set-up is doing; long steps speak at least every ten seconds. */
@FunctionalInterface
public interface Progress {
  /** Takes one line, without a line end. */
  void say(String line);

  /** Returns a progress that prints each line at once, after {@code python: }. */
  static Progress to(PrintStream out) {
    return line -> {
      out.println("python: " + line);
      out.flush();
    };
  }
}
