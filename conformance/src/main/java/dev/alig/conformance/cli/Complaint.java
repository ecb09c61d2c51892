package dev.alig.conformance.cli;

import dev.alig.python.EnvironmentException;
import java.io.UncheckedIOException;
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
      System.err.printf("%s: %s%n", line.getCommandSpec().qualifiedName(), e.getMessage());
      return COULD_NOT_RUN;
    }
    throw e;
  }
}
