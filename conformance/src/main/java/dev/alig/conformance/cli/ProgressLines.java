package dev.alig.conformance.cli;

import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Event.Outcome;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Prints what a run is doing: a line for each property, and the facts of each failure. Subjects may
 * run side by side, so that each line names its own.
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
      properties.put(subject.name(), subject.properties());
      out.printf("subject: %s %s%n", subject.name(), subject.version());
    } else if (event instanceof Event.PropertyEnded end) {
      show(end);
    } else if (event instanceof Event.CatalogueStarted started) {
      out.printf("defects: trying %d optimizers%n", started.optimizers());
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
