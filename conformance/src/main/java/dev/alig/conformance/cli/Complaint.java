package dev.alig.conformance.cli;

import dev.alig.python.EnvironmentException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What a command says where it could not run. */
final class Complaint {
  /** The exit status of a command that could not run. */
  static final int COULD_NOT_RUN = 2;

  private Complaint() {}

  /** What a user can mend is one message; anything else is a defect and keeps its stack trace. */
  static int say(Exception e, CommandLine line, ParseResult parsed) throws Exception {
    if (e instanceof EnvironmentException
        || e instanceof IllegalArgumentException
        || e instanceof UncheckedIOException) {
      return say(line, e.getMessage());
    }
    if (e instanceof FileSystemException file) {
      // The classes are the reasons, such as AccessDeniedException; not all have words beside.
      String reason = file.getReason() == null ? "" : ", " + file.getReason();
      String kind = e.getClass().getSimpleName();
      return say(line, "%s cannot be used: %s%s".formatted(file.getFile(), kind, reason));
    }
    throw e;
  }

  private static int say(CommandLine line, @Nullable String message) {
    System.err.printf("%s: %s%n", line.getCommandSpec().qualifiedName(), message);
    return COULD_NOT_RUN;
  }
}
