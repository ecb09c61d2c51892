package dev.alig.conformance.gate;

import dev.alig.conformance.Difference;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.differences.Scene;
import dev.alig.conformance.differences.TorchProbes;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.judge.Replay;
import dev.alig.conformance.oracle.BridgeCheck;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.OracleException;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.oracle.TorchOracle;
import dev.alig.conformance.oracle.TorchSettings;
import dev.alig.conformance.reproduce.Reproducers;
import dev.alig.python.EnvironmentRequest;
import dev.alig.python.Progress;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The gate of this process: settings, oracle and journal, opened at the first use.
 *
 * <p>There is one a process because there can be one Python interpreter a process.
 */
public final class Gate {
  /**
   * The system property that names the folder of this process's journal and of the case under way,
   * where several processes share a report folder.
   */
  public static final String OWN = "conformance.own";

  private static @Nullable Gate open;

  private final GateSettings settings;
  private final Optional<PythonEnvironment> python;
  private final Optional<Implementation> oracle;
  private final Journal journal;
  private final UnderWay underWay;
  private final Optional<Sample> sample;
  private final Set<String> begun = new HashSet<>();
  private volatile boolean bridgeBroken;
  private @Nullable List<Recorded> recorded;

  private Gate(GateSettings settings, Path own, Optional<Sample> sample) {
    this.settings = settings;
    this.sample = sample;
    this.journal = Journal.create(Journal.in(own));
    this.underWay = UnderWay.create(UnderWay.in(own));
    this.python = settings.needsPython() ? Optional.of(preparePython()) : Optional.empty();
    this.oracle = openOracle(settings, python);
    journal.add(new Event.OracleReady(facts()));
  }

  /** The gate of this process, as its system properties say. */
  public static synchronized Gate get() {
    Gate gate = open;
    if (gate == null) {
      GateSettings settings = GateSettings.from(System.getProperties());
      Optional<String> own = Optional.ofNullable(System.getProperty(OWN));
      gate =
          new Gate(
              settings,
              own.map(Path::of).orElse(settings.out()),
              own.flatMap(worker -> Sample.read(settings.out())));
      open = gate;
    }
    return gate;
  }

  /** The gate of this process, if it was used. */
  public static synchronized Optional<Gate> ifOpen() {
    return Optional.ofNullable(open);
  }

  private static PythonEnvironment preparePython() {
    return PythonEnvironment.prepare(EnvironmentRequest.fromSystem(), Progress.to(System.err));
  }

  private static Optional<Implementation> openOracle(
      GateSettings settings, Optional<PythonEnvironment> python) {
    if (settings.oracle().equals(GateSettings.EXACT)) {
      return Optional.of(new ExactOracle());
    }
    Optional<Path> original =
        settings.original().isEmpty()
            ? Optional.empty()
            : Optional.of(Path.of(settings.original()));
    TorchSettings torch = TorchSettings.from(System.getProperties());
    return python.map(environment -> TorchOracle.open(environment, original, torch));
  }

  private OracleFacts facts() {
    return oracle.isPresent() && oracle.get() instanceof TorchOracle torch
        ? torch.description()
        : OracleFacts.withoutPython(settings.oracle());
  }

  /** The oracle; empty where it is the recorded traces, or cannot be trusted to arrive. */
  public Optional<Implementation> oracle() {
    return bridgeBroken ? Optional.empty() : oracle;
  }

  /** What this run is to do. */
  public GateSettings settings() {
    return settings;
  }

  /** Which cases of an earlier run are run again; empty where all are run. */
  public Optional<Sample> sample() {
    return sample;
  }

  /** What takes part in this run along with a subject. */
  public Scene scene(Implementation subject) {
    Optional<TorchOracle> torch =
        oracle().filter(TorchOracle.class::isInstance).map(TorchOracle.class::cast);
    return new Scene(
        subject,
        torch.map(Implementation.class::cast),
        torch.map(TorchProbes::new),
        settings.traces().isEmpty() ? recorded() : List.of(),
        !settings.traces().isEmpty());
  }

  /** Appends to the journal. */
  public void record(Event event) {
    underWay.clear();
    if (event instanceof Event.PropertyEnded end
        && end.requirements().contains(Requirement.BRIDGE)
        && end.outcome() == Event.Outcome.BROKEN) {
      bridgeBroken = true;
    }
    journal.add(event);
  }

  private Verdict.Inapplicable withoutOracle(String why) {
    return new Verdict.Inapplicable(
        bridgeBroken ? "the bridge to the oracle changes what it carries" : why);
  }

  /**
   * Says that a case is about to be run, so that it is known if the process dies of it. {@link
   * #judge} and {@link #replay} say so themselves.
   */
  public void begin(Scripted scripted) {
    underWay.note(scripted);
  }

  /** Says that a subject's turn has come, once. */
  public synchronized void begin(Implementation subject, int properties) {
    if (begun.add(subject.name())) {
      record(
          new Event.SubjectStarted(
              subject.name(), subject.version(), subject.digest(), properties));
    }
  }

  /** Compares a subject with the run's oracle on one case. */
  public Verdict judge(Scripted scripted, Implementation subject) {
    return judge(scripted, subject, oracle());
  }

  /** Compares a subject with an oracle on one case. */
  public Verdict judge(
      Scripted scripted, Implementation subject, Optional<Implementation> reference) {
    begin(scripted);
    return reference
        .map(implementation -> new Judge(implementation).compare(scripted, subject))
        .orElseGet(() -> withoutOracle("the oracle has recorded traces only"));
  }

  /** Compares what an original was recorded to do with the oracle. */
  public Verdict judge(Recorded trace) {
    begin(trace.scripted());
    return oracle()
        .map(o -> new Judge(o).compare(trace.scripted(), trace.trace(), "the trace", AliG.TORCH))
        .orElseGet(() -> withoutOracle("the oracle is the traces themselves"));
  }

  /** Compares a subject with a recorded trace, and on the same case with the oracle. */
  public Verdict replay(Recorded trace, Implementation subject) {
    begin(trace.scripted());
    Verdict verdict = Replay.compare(trace, subject);
    if (verdict instanceof Verdict.Agrees && !settings.traces().isEmpty() && oracle().isPresent()) {
      return judge(trace.scripted(), subject);
    }
    return verdict;
  }

  /** The check of the way to the oracle; empty for an oracle that is not in Python. */
  public Optional<BridgeCheck> bridge() {
    return oracle
        .filter(TorchOracle.class::isInstance)
        .map(TorchOracle.class::cast)
        .map(TorchOracle::bridge);
  }

  /** The traces to replay. */
  public synchronized List<Recorded> recorded() {
    List<Recorded> traces = recorded;
    if (traces == null) {
      traces =
          settings.traces().isEmpty()
              ? TraceFile.shipped()
              : settings.traces().stream().flatMap(p -> TraceFile.read(p).stream()).toList();
      recorded = traces;
    }
    return traces;
  }

  /**
   * Leaves a failure in the report folder: the case with the oracle's answer, so that it can be
   * replayed, and tests that reproduce it.
   *
   * @param suite the suite whose subject failed
   * @return the case's file
   */
  public Path keep(
      Requirement requirement,
      Scripted scripted,
      Difference difference,
      String subject,
      Class<?> suite) {
    Path folder = settings.out().resolve("failures").resolve(subject + "-" + requirement);
    List<Path> pythonPath = python.map(PythonEnvironment::modulePath).orElse(List.of());
    try {
      return new Reproducers(
              folder, oracle.orElseGet(ExactOracle::new), settings.original(), pythonPath)
          .write(requirement, scripted, difference, subject, suite);
    } catch (IOException e) {
      throw new UncheckedIOException("the failure cannot be written to " + folder, e);
    } catch (OracleException e) {
      return keepWithoutOracle(subject + "-" + requirement, scripted);
    }
  }

  /** Leaves a case that the oracle may not survive a second time; returns its file. */
  public Path keepWithoutOracle(String name, Scripted scripted) {
    return FailureFolder.keep(settings.out(), name, scripted);
  }

  /** Where the workers of a run keep what they share and what is their own. */
  public static Path workers(Path out) {
    return out.resolve("workers");
  }

  /** Deletes what an earlier run left in a report folder, and makes the folder. */
  public static void clear(Path out) throws IOException {
    Files.createDirectories(out);
    deleteTree(out.resolve("failures"));
    deleteTree(workers(out));
    deleteTree(out.resolve("trained"));
    Files.deleteIfExists(UnderWay.in(out));
    for (String file : List.of("report.json", "report.html", "certificate.json", "journal.jsonl")) {
      Files.deleteIfExists(out.resolve(file));
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
