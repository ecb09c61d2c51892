package dev.alig.python;

import java.nio.file.Path;

/** Prepares a tiny environment: a process of its own, that tests start twice or kill. */
final class TinyPrepare {
  private TinyPrepare() {}

  /** Takes the cache and the index; prints the progress and then the environment's folder. */
  public static void main(String[] folders) {
    PythonEnvironment environment =
        PythonEnvironment.prepare(
            Requests.tiny(Path.of(folders[0]), Path.of(folders[1])), Progress.to(System.out));
    System.out.println("home=" + environment.home());
  }
}
