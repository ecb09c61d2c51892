package dev.alig.conformance.report;

import static java.util.stream.Collectors.joining;

import dev.alig.conformance.Extremes;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Worst;
import dev.alig.conformance.gate.Event;
import dev.alig.conformance.gate.Event.Outcome;
import dev.alig.conformance.gate.GateSettings;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.report.Report.RequirementResult;
import dev.alig.conformance.report.Report.WorstCase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gathers the events of a run, and draws the report from them at any time. */
public final class ReportBuilder {
  /** A bound twenty times as wide as anything seen would let errors of that size pass. */
  private static final double TIGHT = 0.05;

  private final GateSettings settings;
  private OracleFacts oracle = OracleFacts.UNKNOWN;
  private final Map<String, Event.SubjectStarted> subjects = new TreeMap<>();
  private final List<Event.PropertyEnded> ended = new ArrayList<>();
  private final Measurements measured = new Measurements();
  private final KnownDifferences differences = new KnownDifferences();
  private final Strength.Builder strength = new Strength.Builder();
  private final List<Event.TrainedCompared> trained = new ArrayList<>();
  private final List<Event.Covered> covered = new ArrayList<>();
  private final Map<String, Set<Requirement>> asked = new HashMap<>();
  private boolean whatWasAsked;
  private final Map<String, Event.PropertyStarted> current = new TreeMap<>();
  private final Map<String, Long> currentCases = new HashMap<>();
  private boolean finished;

  /** A report on a run with the given settings. */
  public ReportBuilder(GateSettings settings) {
    this.settings = settings;
  }

  /** Reports on the requirements that each subject's suite asked about, and misses no others. */
  ReportBuilder onWhatWasAsked() {
    whatWasAsked = true;
    return this;
  }

  /** Takes the next event. */
  public void add(Event event) {
    if (event instanceof Event.OracleReady ready) {
      oracle = ready.oracle();
    } else if (event instanceof Event.SubjectStarted subject) {
      subjects.put(subject.name(), subject);
    } else if (event instanceof Event.PropertyStarted start) {
      asked.computeIfAbsent(start.subject(), any -> new HashSet<>()).addAll(start.requirements());
      current.put(start.subject(), start);
      currentCases.put(start.subject(), 0L);
    } else if (event instanceof Event.Advanced advanced) {
      currentCases.put(advanced.subject(), advanced.cases());
    } else if (event instanceof Event.Measured found) {
      measured.add(found);
    } else if (event instanceof Event.TrainedCompared compared) {
      trained.add(compared);
    } else if (event instanceof Event.Covered pairs) {
      covered.add(pairs);
    } else if (event instanceof Event.PropertyEnded end) {
      ended.add(end);
      current.remove(end.subject());
    } else if (event instanceof Event.DifferencesAsked asked) {
      differences.add(asked);
    } else if (event instanceof Event.CatalogueStarted started) {
      strength.add(started);
    } else if (event instanceof Event.DefectTried tried) {
      strength.add(tried);
    } else if (event instanceof Event.Finished) {
      finished = true;
    }
  }

  /**
   * The report on what has come so far.
   *
   * @param failure why the run could not be completed, as its caller saw it; empty if it was
   */
  public Report build(Optional<String> failure, double seconds) {
    List<Report.Subject> results = subjects.values().stream().map(this::subject).toList();
    Optional<String> reason =
        failure.map(this::located).or(() -> incomplete(results)).or(() -> weakness(results));
    String verdict = reason.isPresent() ? Report.BROKEN : verdict(results);
    Strength found = strength.build();
    return new Report(
        verdict,
        reason.orElse(""),
        settings.seed(),
        settings.tries(),
        seconds,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Report.Host.here(),
        oracle,
        results,
        differences.all(),
        found.defects(),
        found.controls());
  }

  /** Adds what was under way, before what the worker's log says. */
  private String located(String failure) {
    String place = current.values().stream().map(this::located).collect(joining());
    int end = failure.indexOf(System.lineSeparator());
    return end < 0 ? failure + place : failure.substring(0, end) + place + failure.substring(end);
  }

  private String located(Event.PropertyStarted start) {
    long cases = currentCases.getOrDefault(start.subject(), 0L);
    return "%n%s was in %s after %d cases, property seed %s"
        .formatted(start.subject(), start.property(), cases, start.seed());
  }

  private Optional<String> incomplete(List<Report.Subject> results) {
    if (!finished) {
      return Optional.of(located("the run ended before everything was compared"));
    }
    if (results.isEmpty()) {
      return Optional.of("no subject ran");
    }
    return results.stream()
        .flatMap(this::unmet)
        .findFirst()
        .or(() -> loose(results))
        .or(() -> results.stream().flatMap(this::uncovered).findFirst());
  }

  /** A suite that asks what it likes need not show what the whole one must. */
  private boolean isFull() {
    return settings.isFull() && !whatWasAsked;
  }

  /** Bounds that nothing comes near prove little; a full run must come near them in each dtype. */
  private Optional<String> loose(List<Report.Subject> results) {
    if (!isFull()) {
      return Optional.empty();
    }
    return results.stream()
        .flatMap(
            subject ->
                subject.measured().stream()
                    .filter(closest -> closest.subject().ratio() < TIGHT)
                    .map(
                        closest ->
                            "the bounds are loose: no %s number of %s came nearer than %s of its bound"
                                .formatted(
                                    closest.dtype(), subject.name(), closest.subject().ratio())))
        .findFirst();
  }

  /** A difference that was found stands, however strong the suite is. */
  private Optional<String> weakness(List<Report.Subject> results) {
    return isFull() && verdict(results).equals(Report.CONFORMS)
        ? strength.shortcoming()
        : Optional.empty();
  }

  /**
   * What a run of everything has not covered. A subject that differs has not run everything, and
   * its difference matters more.
   */
  private Stream<String> uncovered(Report.Subject subject) {
    return isFull() && verdict(List.of(subject)).equals(Report.CONFORMS)
        ? subject.pairs().complaint().map(text -> subject.name() + ": " + text).stream()
        : Stream.empty();
  }

  private Stream<String> unmet(Report.Subject subject) {
    return subject.requirements().stream()
        .filter(r -> r.verdict().equals(Report.BROKEN))
        .map(r -> "%s, %s: %s".formatted(subject.name(), r.id(), r.message()));
  }

  private static String verdict(List<Report.Subject> results) {
    boolean differs =
        results.stream()
            .flatMap(subject -> subject.requirements().stream())
            .anyMatch(requirement -> requirement.verdict().equals(Report.DIFFERS));
    return differs ? Report.DIFFERS : Report.CONFORMS;
  }

  private Report.Subject subject(Event.SubjectStarted started) {
    List<RequirementResult> results = new ArrayList<>();
    for (Requirement requirement : Requirement.values()) {
      if (expected(started.name(), requirement)) {
        results.add(result(started.name(), requirement));
      }
    }
    Collection<Extremes> closest = measured.of(started.name());
    List<Event.Covered> pairs =
        covered.stream().filter(event -> event.subject().equals(started.name())).toList();
    return new Report.Subject(
        started.name(),
        started.version(),
        started.digest(),
        closest.stream().map(Report.Measured::of).toList(),
        closest.stream().map(Report.Ratios::of).toList(),
        results,
        trained.stream()
            .filter(event -> event.subject().equals(started.name()))
            .map(Event.TrainedCompared::trained)
            .toList(),
        PairReport.of(pairs));
  }

  /** Without drawn cases only the traces are asked for, and of those that the user chose, any. */
  private boolean expected(String subject, Requirement requirement) {
    if (whatWasAsked) {
      return asked.getOrDefault(subject, Set.of()).contains(requirement);
    }
    boolean replays =
        requirement == Requirement.TRACES_TH
            || requirement == Requirement.TRACES_TF
            || requirement == Requirement.ORACLE_TRACES
            || requirement == Requirement.KNOWN_DIFFERENCES;
    return settings.wants(requirement) && (settings.drawsCases() || replays);
  }

  private RequirementResult result(String subject, Requirement requirement) {
    List<Event.PropertyEnded> mine =
        ended.stream()
            .filter(end -> end.subject().equals(subject))
            .filter(end -> end.requirements().contains(requirement))
            .toList();
    long cases = mine.stream().mapToLong(Event.PropertyEnded::cases).sum();
    long comparisons = mine.stream().mapToLong(Event.PropertyEnded::comparisons).sum();
    long steps = mine.stream().mapToLong(Event.PropertyEnded::steps).sum();
    long inapplicable = mine.stream().mapToLong(this::inapplicable).sum();
    long failed = mine.stream().filter(end -> end.outcome() == Outcome.DIFFERS).count();
    Worst worst = mine.stream().map(Event.PropertyEnded::worst).reduce(Worst.NONE, Worst::or);
    String message =
        mine.stream()
            .map(Event.PropertyEnded::message)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse(cases == 0 ? "no case ran" : "");
    return new RequirementResult(
        requirement.name(),
        requirement.title(),
        verdict(mine, cases),
        cases,
        comparisons,
        steps,
        inapplicable,
        failed,
        mine.stream().mapToDouble(Event.PropertyEnded::seconds).sum(),
        WorstCase.of(worst),
        measured.of(subject, requirement).stream().map(Report.Measured::of).toList(),
        message);
  }

  private long inapplicable(Event.PropertyEnded end) {
    return covered.stream()
        .filter(event -> event.subject().equals(end.subject()))
        .filter(event -> event.property().equals(end.property()))
        .mapToLong(Event.Covered::inapplicable)
        .sum();
  }

  private String verdict(List<Event.PropertyEnded> mine, long cases) {
    if (mine.stream().anyMatch(end -> end.outcome() == Outcome.BROKEN)) {
      return Report.BROKEN;
    }
    if (mine.stream().anyMatch(end -> end.outcome() == Outcome.DIFFERS)) {
      return Report.DIFFERS;
    }
    if (cases > 0) {
      return Report.CONFORMS;
    }
    boolean excused =
        mine.stream().anyMatch(end -> end.outcome() == Outcome.INAPPLICABLE)
            || (!mine.isEmpty() && !settings.traces().isEmpty());
    return excused ? Report.INAPPLICABLE : Report.BROKEN;
  }
}
