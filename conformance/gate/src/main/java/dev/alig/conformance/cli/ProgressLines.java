package dev.alig.conformance.cli;

import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.Event.Outcome;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Prints the progress of a run: one line per property, and the facts of each failure. Subjects may
 * run side by side, so each line names its subject.
 */
final class ProgressLines {
  private final PrintStream out;
  private final Map<String, Integer> properties = new HashMap<>();
  private final Map<String, Integer> done = new HashMap<>();
  private boolean oracleShown;

  ProgressLines(PrintStream out) {
    this.out = out;
  }

  void show(Event event) {
    if (event instanceof Event.OracleReady ready && !oracleShown) {
      oracleShown = true;
      String torch = ready.oracle().torch().isEmpty() ? "" : ", torch " + ready.oracle().torch();
      out.printf("oracle: %s%s%n", ready.oracle().kind(), torch);
    } else if (event instanceof Event.SubjectStarted subject) {
      // Each worker says so.
      if (properties.put(subject.name(), subject.properties()) == null) {
        out.printf("subject: %s %s%n", subject.name(), subject.version());
      }
    } else if (event instanceof Event.PropertyEnded end) {
      show(end);
    }
    out.flush();
  }

  private void show(Event.PropertyEnded end) {
    String outcome = end.outcome().name().toLowerCase(Locale.ROOT);
    out.printf(
        Locale.ROOT,
        "  %-14s %2d/%d  %-18s %6d cases %9d numbers %6.1f s  %s%n",
        end.subject(),
        done.merge(end.subject(), 1, Integer::sum),
        properties.getOrDefault(end.subject(), 0),
        end.requirements().get(0),
        end.cases(),
        end.comparisons(),
        end.seconds(),
        outcome);
    if (end.outcome() == Outcome.DIFFERS || end.outcome() == Outcome.BROKEN) {
      out.println(end.message().indent(8));
    }
  }
}
