package dev.alig.python;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a module that sleeps, and starts a process that sleeps: what a test kills. */
final class LongModule {
  private static final String SLEEPS =
      "import subprocess, sys;"
          + " subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])";

  private LongModule() {}

  /** Takes the interpreter and a folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    Pip pip = new Pip(new Shell(System.getenv()), Progress.to(System.out), folder.resolve("log"));
    List<String> module = List.of("timeit", "-n", "1", "-r", "1", SLEEPS);
    pip.follow("sleeping", Path.of(arguments[0]), module, folder, Map.of());
  }
}
