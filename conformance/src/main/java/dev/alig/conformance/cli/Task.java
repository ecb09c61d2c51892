package dev.alig.conformance.cli;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.defects.Catalogue;
import dev.alig.conformance.gate.Gate;
import dev.alig.conformance.gate.GateSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A part of a run that says something by itself, and so may run in any worker: the suite of one
 * subject, or the defects of one kind.
 *
 * @param what which of the two
 * @param name the subject's name, or the kind's
 */
record Task(What what, String name) {
  /** What is to be run. */
  enum What {
    /** A subject's suite. */
    SUBJECT,
    /** A family of the catalogue of defective optimizers. */
    DEFECTS
  }

  /** The tasks of a run; the suites come first, since they take longer. */
  static List<Task> of(GateSettings settings, List<Implementation> subjects) {
    List<Task> tasks = new ArrayList<>();
    subjects.forEach(subject -> tasks.add(new Task(What.SUBJECT, subject.name())));
    if (settings.isFull()) {
      Catalogue.kinds(settings.needsPython(), subjects)
          .forEach(kind -> tasks.add(new Task(What.DEFECTS, kind.toString())));
    }
    return tasks;
  }

  /** The task of an argument of a worker; see {@link #toString}. */
  static Task of(String argument) {
    int end = argument.indexOf(':');
    What what = What.valueOf(argument.substring(0, end).toUpperCase(Locale.ROOT));
    return new Task(what, argument.substring(end + 1));
  }

  /**
   * Takes the task for this process, unless another has it: whoever makes the task's file has it.
   *
   * @param out the report folder of the run
   */
  boolean claim(Path out) {
    Path file = claims(out).resolve("%s-%s".formatted(what, name).toLowerCase(Locale.ROOT));
    try {
      Files.createDirectories(claims(out));
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("the report folder cannot be written: " + file, e);
    }
  }

  private static Path claims(Path out) {
    return Gate.workers(out).resolve("claims");
  }

  /** The task as an argument of a worker, such as {@code subject:nd4j}. */
  @Override
  public String toString() {
    return "%s:%s".formatted(what.name().toLowerCase(Locale.ROOT), name);
  }
}
