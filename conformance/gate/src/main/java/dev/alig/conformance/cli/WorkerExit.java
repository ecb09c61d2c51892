package dev.alig.conformance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says in words why a worker process ended. */
record WorkerExit(Path crashLog, WorkerLog log) {
  /** The status of a JVM that {@code -XX:+ExitOnOutOfMemoryError} ended. */
  private static final int OUT_OF_MEMORY = 3;

  /** A process that a signal ended has 128 + the signal's number as its status. */
  private static final int SIGNALLED = 128;

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          4, "SIGILL",
          6, "SIGABRT",
          7, "SIGBUS",
          8, "SIGFPE",
          9, "SIGKILL, which the system sends when memory runs out",
          11, "SIGSEGV",
          15, "SIGTERM");

  /** The cause of a status, in one line. */
  String of(int status) throws IOException {
    Optional<String> crash = crash();
    if (crash.isPresent()) {
      return "the worker crashed in native code: %s, details in %s"
          .formatted(crash.get(), crashLog);
    }
    if (status == OUT_OF_MEMORY && log.mentions("java.lang.OutOfMemoryError")) {
      return "the worker's JVM ran out of memory (it has %s)".formatted(WorkerCommand.HEAP);
    }
    if (status > SIGNALLED) {
      int signal = status - SIGNALLED;
      return "the worker was killed by signal %d (%s)"
          .formatted(signal, SIGNALS.getOrDefault(signal, "see kill -l"));
    }
    return status == 0
        ? "the worker ended before everything was compared, as if all were well (status 0)"
        : "the worker process ended with status " + status;
  }

  /** The JVM's note on its own crash, such as {@code SIGSEGV (0xb) in libfoo.so}. */
  private Optional<String> crash() throws IOException {
    if (!Files.exists(crashLog)) {
      return Optional.empty();
    }
    List<String> lines = WorkerLog.firstLines(crashLog);
    Optional<String> signal =
        lines.stream()
            .filter(line -> line.startsWith("#  SIG") || line.startsWith("#  Internal Error"))
            .map(line -> line.substring(1).strip())
            .findFirst();
    int frame = lines.indexOf("# Problematic frame:") + 1;
    String where =
        frame > 0 && frame < lines.size() ? " in " + lines.get(frame).substring(1).strip() : "";
    return Optional.of(signal.orElse("the JVM did not say how") + where);
  }
}
