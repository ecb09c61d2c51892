package dev.alig.conformance.cli;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.python.EnvironmentException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The messages of a command that could not run. */
@API(status = INTERNAL, since = "0.1")
public final class ErrorMessages {
  /** The exit status of a command that could not run. */
  public static final int COULD_NOT_RUN = 2;

  private ErrorMessages() {}

  /** An error that a user can mend is one message; any other keeps its stack trace. */
  public static int say(Exception e, CommandLine line, ParseResult parsed) throws Exception {
    if (e instanceof EnvironmentException
        || e instanceof IllegalArgumentException
        || e instanceof UncheckedIOException) {
      return say(line, e.getMessage());
    }
    if (e instanceof FileSystemException file) {
      // The class is the reason, such as AccessDeniedException; some have no other words.
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
