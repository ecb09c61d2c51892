package dev.alig.conformance.report;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.Artifact;
import dev.alig.conformance.CodeFile;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Extremes;
import dev.alig.conformance.model.Worst;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.report.Report.RequirementResult;
import dev.alig.conformance.report.Report.WorstCase;
import dev.alig.conformance.run.ConformanceSettings;
import dev.alig.conformance.run.Event;
import dev.alig.conformance.run.Event.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** Collects the events of a run, and makes the report of them at any time. */
@API(status = INTERNAL, since = "0.1")
public final class ReportBuilder {
  /** A bound twenty times as wide as anything seen would let errors of that size pass. */
  private static final double TIGHT = 0.05;

  private final ConformanceSettings settings;
  private OracleFacts oracle = OracleFacts.UNKNOWN;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Event.PropertyStarted> current = new TreeMap<>();
  private final Map<String, Long> currentCases = new HashMap<>();
  private boolean whatWasAsked;

  /** A report on a run with the given settings. */
  public ReportBuilder(ConformanceSettings settings) {
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
      // A worker whose subject is in Python knows more about torch than the others.
      oracle =
          ready.oracle().torch().isEmpty() && !oracle.torch().isEmpty() ? oracle : ready.oracle();
    } else if (event instanceof Event.Advanced advanced) {
      currentCases.put(place(advanced.subject(), advanced.property()), advanced.cases());
    } else {
      events.add(event);
      if (event instanceof Event.PropertyStarted start) {
        String place = place(start.subject(), start.property());
        current.put(place, start);
        currentCases.put(place, 0L);
      } else if (event instanceof Event.PropertyEnded end) {
        current.remove(place(end.subject(), end.property()));
      }
    }
  }

  private <E extends Event> Stream<E> all(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }

  /**
   * The report on the events so far.
   *
   * @param failure why the run could not be completed, as its caller saw it; empty if it was
   */
  public Report build(Optional<String> failure, double seconds) {
    List<Report.Subject> results =
        all(Event.SubjectStarted.class)
            .collect(toMap(Event.SubjectStarted::name, this::subject, (a, b) -> b, TreeMap::new))
            .values()
            .stream()
            .toList();
    KnownDifferences differences =
        new KnownDifferences(
            all(Event.DifferencesAsked.class).toList(), all(Event.DeclaredAsked.class).toList());
    Optional<String> reason =
        failure.map(this::located).or(() -> incomplete(results, differences.hasDeclared()));
    Optional<String> stale = differences.stale();
    return new Report(
        Report.SCHEMA,
        reason.isPresent() ? Report.BROKEN : stale.isPresent() ? Report.DIFFERS : verdict(results),
        reason.or(() -> stale).orElse(""),
        settings.seed(),
        settings.tries(),
        seconds,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        Report.Host.here(),
        CodeFile.of(Artifact.location(Report.class)),
        oracle,
        results,
        differences.all(),
        CommonCauses.of(all(Event.Explained.class).toList()));
  }

  /** Adds the current properties, before what the worker's log says. */
  private String located(String failure) {
    String place = current.values().stream().map(this::located).collect(joining());
    int end = failure.indexOf(System.lineSeparator());
    return end < 0 ? failure + place : failure.substring(0, end) + place + failure.substring(end);
  }

  /** Several workers may be in one subject. */
  private static String place(String subject, String property) {
    return subject + ":" + property;
  }

  private String located(Event.PropertyStarted start) {
    long cases = currentCases.getOrDefault(place(start.subject(), start.property()), 0L);
    return "%n%s was in %s after %d cases, property seed %s"
        .formatted(start.subject(), start.property(), cases, start.seed());
  }

  private Optional<String> incomplete(List<Report.Subject> results, boolean hasDeclared) {
    if (all(Event.Finished.class).findAny().isEmpty()) {
      return Optional.of(located("the run ended before everything was compared"));
    }
    if (results.isEmpty()) {
      return Optional.of("no subject ran");
    }
    Stream<String> unmet =
        results.stream()
            .flatMap(
                subject ->
                    subject.requirements().stream()
                        .filter(r -> r.verdict().equals(Report.BROKEN))
                        .map(r -> "%s, %s: %s".formatted(subject.name(), r.id(), r.message())));
    // A suite that asks what it likes, or whose user declares differences, need not show all.
    List<Report.Subject> full =
        settings.isFull() && !whatWasAsked && !hasDeclared ? results : List.of();
    return unmet
        .findFirst()
        .or(() -> full.stream().flatMap(ReportBuilder::loose).findFirst())
        .or(() -> full.stream().flatMap(ReportBuilder::uncovered).findFirst());
  }

  /** Bounds that nothing comes near prove little; a full run must come near them in each dtype. */
  private static Stream<String> loose(Report.Subject subject) {
    String text = "the bounds are loose: no %s number of %s came nearer than %s of its bound";
    return subject.measured().stream()
        .filter(closest -> closest.subject().ratio() < TIGHT)
        .map(closest -> text.formatted(closest.dtype(), subject.name(), closest.subject().ratio()));
  }

  /**
   * What a full run has not covered. A subject that differs has not run everything, and its
   * difference matters more.
   */
  private static Stream<String> uncovered(Report.Subject subject) {
    return verdict(List.of(subject)).equals(Report.CONFORMS)
        ? subject.pairs().complaint().map(text -> subject.name() + ": " + text).stream()
        : Stream.empty();
  }

  private static String verdict(List<Report.Subject> results) {
    boolean differs = results.stream().anyMatch(subject -> subject.count(Report.DIFFERS) > 0);
    return differs ? Report.DIFFERS : Report.CONFORMS;
  }

  private Report.Subject subject(Event.SubjectStarted started) {
    String name = started.name();
    Collection<Extremes> closest = closest(name, any -> true);
    return new Report.Subject(
        name,
        started.version(),
        started.digest(),
        started.jars(),
        closest.stream().map(Report.Measured::of).toList(),
        closest.stream().map(Report.Ratios::of).toList(),
        Arrays.stream(Requirement.values())
            .filter(requirement -> expected(name, requirement))
            .map(requirement -> result(name, requirement))
            .toList(),
        all(Event.TrainedCompared.class)
            .filter(event -> event.subject().equals(name))
            .map(Event.TrainedCompared::trained)
            .toList(),
        KernelResult.of(
            all(Event.KernelsJudged.class).filter(event -> event.subject().equals(name))),
        PairReport.of(
            all(Event.Covered.class).filter(event -> event.subject().equals(name)).toList()));
  }

  /** How close the numbers of a subject came to their bounds, for each dtype. */
  private Collection<Extremes> closest(String subject, Predicate<Event.Measured> wanted) {
    Map<DType, Extremes> closest = new EnumMap<>(DType.class);
    all(Event.Measured.class)
        .filter(measured -> measured.subject().equals(subject))
        .filter(wanted)
        .map(Event.Measured::extremes)
        .forEach(extremes -> closest.merge(extremes.dtype(), extremes, Extremes::and));
    return closest.values();
  }

  /** A run without drawn cases expects only replays; the user's own traces may lack any of them. */
  private boolean expected(String subject, Requirement requirement) {
    if (whatWasAsked) {
      return all(Event.PropertyStarted.class)
          .filter(start -> start.subject().equals(subject))
          .anyMatch(start -> start.requirements().contains(requirement));
    }
    boolean replays =
        switch (requirement) {
          case TRACES_TH, TRACES_TF, ORACLE_TRACES, KNOWN_DIFFERENCES -> true;
          default -> false;
        };
    return settings.wants(requirement) && (settings.drawsCases() || replays);
  }

  private RequirementResult result(String subject, Requirement requirement) {
    List<Event.PropertyEnded> mine =
        all(Event.PropertyEnded.class)
            .filter(end -> end.subject().equals(subject))
            .filter(end -> end.requirements().contains(requirement))
            .toList();
    long cases = mine.stream().mapToLong(Event.PropertyEnded::cases).sum();
    String message =
        mine.stream()
            .map(Event.PropertyEnded::message)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse(cases == 0 ? Report.NO_CASE : "");
    return new RequirementResult(
        requirement.name(),
        requirement.title(),
        verdict(mine, cases),
        cases,
        mine.stream().mapToLong(Event.PropertyEnded::comparisons).sum(),
        mine.stream().mapToLong(Event.PropertyEnded::steps).sum(),
        mine.stream().mapToLong(this::inapplicable).sum(),
        mine.stream().filter(end -> end.outcome() == Outcome.DIFFERS).count(),
        mine.stream().mapToDouble(Event.PropertyEnded::seconds).sum(),
        WorstCase.of(mine.stream().map(Event.PropertyEnded::worst).reduce(Worst.NONE, Worst::or)),
        closest(subject, measured -> measured.requirements().contains(requirement)).stream()
            .map(Report.Measured::of)
            .toList(),
        message);
  }

  private long inapplicable(Event.PropertyEnded end) {
    return all(Event.Covered.class)
        .filter(event -> event.subject().equals(end.subject()))
        .filter(event -> event.property().equals(end.property()))
        .mapToLong(Event.Covered::inapplicable)
        .sum();
  }

  private String verdict(List<Event.PropertyEnded> mine, long cases) {
    List<Outcome> outcomes = mine.stream().map(Event.PropertyEnded::outcome).toList();
    if (outcomes.contains(Outcome.BROKEN)) {
      return Report.BROKEN;
    }
    if (outcomes.contains(Outcome.DIFFERS)) {
      return Report.DIFFERS;
    }
    if (cases > 0) {
      return Report.CONFORMS;
    }
    boolean excused =
        outcomes.contains(Outcome.INAPPLICABLE)
            || (!mine.isEmpty() && !settings.traces().isEmpty());
    return excused ? Report.INAPPLICABLE : Report.BROKEN;
  }
}
