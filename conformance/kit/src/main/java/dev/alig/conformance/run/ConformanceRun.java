package dev.alig.conformance.run;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.alig.conformance.CodeFile;
import dev.alig.conformance.Difference;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.Requirement;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.differences.Parties;
import dev.alig.conformance.differences.TorchProbes;
import dev.alig.conformance.judge.Judge;
import dev.alig.conformance.judge.Judgement;
import dev.alig.conformance.judge.Replay;
import dev.alig.conformance.judge.SideEffectJudge;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.oracle.Bridge;
import dev.alig.conformance.oracle.ExactOracle;
import dev.alig.conformance.oracle.OracleFacts;
import dev.alig.conformance.oracle.PythonLoader;
import dev.alig.conformance.oracle.PythonPackage;
import dev.alig.conformance.reproduce.FailureFolder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The run of this process: its settings, oracle and journal. It opens at the first use.
 *
 * <p>A process has one run, because it can have only one Python interpreter.
 */
@API(status = INTERNAL, since = "0.1")
public final class ConformanceRun {
  /**
   * The system property that names this process's own folder, for its journal and the case under
   * way. It is set where several workers share a report folder.
   */
  public static final String OWN = "conformance.own";

  private static @Nullable ConformanceRun open;

  private final ConformanceSettings settings;
  private final Optional<Implementation> oracle;
  private Optional<PythonPackage> pythonSubject = Optional.empty();
  private final Journal journal;
  private final CaseInProgress underWay;
  private final Optional<Sample> sample;
  private final Optional<BrokenBridge> brokenBridge;
  private final Set<String> begun = new HashSet<>();
  private volatile boolean bridgeBroken;
  private Optional<Block> block = Optional.empty();
  private @Nullable List<Recorded> recorded;

  private ConformanceRun(ConformanceSettings settings, Optional<Path> own) {
    this.settings = settings;
    this.sample = own.flatMap(worker -> Sample.read(settings.out()));
    this.brokenBridge = own.map(worker -> new BrokenBridge(Folders.told(settings.out())));
    Path folder = own.orElse(settings.out());
    this.journal = Journal.create(Journal.in(folder));
    this.underWay = CaseInProgress.create(CaseInProgress.in(folder));
    this.oracle = openOracle(settings);
    journal.add(new Event.OracleReady(facts()));
  }

  /** The run that this process's system properties describe. */
  public static synchronized ConformanceRun get() {
    ConformanceRun run = open;
    if (run == null) {
      Optional<Path> own = Optional.ofNullable(System.getProperty(OWN)).map(Path::of);
      run = new ConformanceRun(ConformanceSettings.from(System.getProperties()), own);
      open = run;
    }
    return run;
  }

  /** The run of this process; empty if none was used. */
  public static synchronized Optional<ConformanceRun> ifOpen() {
    return Optional.ofNullable(open);
  }

  private static Optional<Implementation> openOracle(ConformanceSettings settings) {
    if (settings.oracle().equals(ConformanceSettings.EXACT)) {
      return Optional.of(new ExactOracle());
    }
    if (!settings.needsPython()) {
      return Optional.empty();
    }
    String missing =
        "the oracle %s runs in Python: add the dependency dev.alig:alig-conformance-torch, or set"
            + " -Dconformance.oracle=exact";
    PythonLoader loader =
        PythonLoader.find()
            .orElseThrow(() -> new IllegalArgumentException(missing.formatted(settings.oracle())));
    Optional<String> folder = Optional.of(settings.original()).filter(text -> !text.isEmpty());
    return Optional.of(loader.load(folder.map(Path::of)));
  }

  private OracleFacts facts() {
    return pythonOracle()
        .map(PythonPackage::description)
        .or(() -> pythonSubject.map(torch -> torch.description().beside(settings.oracle())))
        .orElseGet(() -> OracleFacts.withoutPython(settings.oracle()));
  }

  private Optional<PythonPackage> pythonOracle() {
    return oracle.filter(PythonPackage.class::isInstance).map(PythonPackage.class::cast);
  }

  /** Announces a package in Python as the next subject; it must not be the oracle's. */
  public void begin(PythonPackage subject) {
    pythonOracle().ifPresent(subject::requireOtherThan);
    pythonSubject = Optional.of(subject);
    journal.add(new Event.OracleReady(facts()));
  }

  /** Limits the next property to one block of its tries. */
  public void limitTo(Block next) {
    block = Optional.of(next);
  }

  /** How many cases the current property draws. */
  public int tries() {
    return block.map(part -> part.tries(settings.tries())).orElse(settings.tries());
  }

  /** The seed of the current property's cases. */
  public long seed(String property) {
    return Block.seed(settings.seed(), property, block.map(Block::number).orElse(0));
  }

  /** The processor of this run, and what chose its instructions. */
  public String processor() {
    return facts().computing();
  }

  /** The oracle; empty if it is the recorded traces, or if the bridge to it is broken. */
  public Optional<Implementation> oracle() {
    return bridgeBroken ? Optional.empty() : oracle;
  }

  /** What this run is to do. */
  public ConformanceSettings settings() {
    return settings;
  }

  /** The cases of an earlier run that run again; empty if all cases run. */
  public Optional<Sample> sample() {
    return sample;
  }

  /** What takes part in this run along with a subject. */
  public Parties parties(Implementation subject) {
    Optional<PythonPackage> torch = pythonOracle().filter(any -> !bridgeBroken);
    return new Parties(
        subject,
        torch.filter(o -> new TorchProbes(o).oracleIsAliGTh()).map(Implementation.class::cast),
        torch.map(TorchProbes::new),
        settings.traces().isEmpty() ? recorded() : List.of(),
        !settings.traces().isEmpty());
  }

  /** Appends an event to the journal. */
  public void record(Event event) {
    underWay.clear();
    if (event instanceof Event.PropertyStarted) {
      bridgeBroken |= brokenBridge.filter(BrokenBridge::isTold).isPresent();
    }
    if (event instanceof Event.PropertyEnded end
        && end.requirements().contains(Requirement.BRIDGE)
        && end.outcome() == Event.Outcome.BROKEN) {
      bridgeBroken = true;
      brokenBridge.ifPresent(BrokenBridge::tell);
    }
    journal.add(event);
  }

  private Verdict.Inapplicable withoutOracle(String why) {
    return new Verdict.Inapplicable(
        bridgeBroken ? "the bridge to the oracle changes what it carries" : why);
  }

  /**
   * Notes the case that runs next, so that it is known if the process dies. {@link #judge} and
   * {@link #replay} do so themselves.
   */
  public void begin(StepCase scripted) {
    underWay.note(scripted);
  }

  /** Records the beginning of a subject, once. */
  public synchronized void begin(Implementation subject, int properties) {
    if (begun.add(subject.name())) {
      List<CodeFile> jars = CodeFile.of(subject.parts());
      record(
          new Event.SubjectStarted(
              subject.name(), subject.version(), subject.digest(), jars, properties));
    }
  }

  /** Compares a subject with an oracle on one case. */
  public Judgement judge(
      StepCase scripted, Implementation subject, Optional<Implementation> reference) {
    begin(scripted);
    return reference
        .map(implementation -> new Judge(implementation).judge(scripted, subject))
        .orElseGet(() -> Judgement.of(withoutOracle("the oracle has recorded traces only")));
  }

  /** Looks for side effects of a subject, and of the oracle if there is one. */
  public Verdict sideEffects(
      StepCase scripted, Implementation subject, Optional<Implementation> reference) {
    begin(scripted);
    return SideEffectJudge.judge(scripted, subject, reference);
  }

  /** Compares the recorded trace of an original with the oracle. */
  public Verdict judge(Recorded trace) {
    begin(trace.scripted());
    return oracle()
        .map(reference -> Replay.ofOracle(trace, reference))
        .orElseGet(() -> withoutOracle("the oracle is the traces themselves"));
  }

  /**
   * Compares a subject with a recorded trace. If the user named the trace, also compares it with
   * the oracle on the same case, and looks for side effects.
   */
  public Verdict replay(Recorded trace, Implementation subject) {
    begin(trace.scripted());
    Verdict verdict = Replay.compare(trace, subject);
    if (!(verdict instanceof Verdict.Agrees) || settings.traces().isEmpty()) {
      return verdict;
    }
    Verdict beside = sideEffects(trace.scripted(), subject, oracle());
    if (beside instanceof Verdict.Differs) {
      return beside;
    }
    return oracle().isPresent() ? judge(trace.scripted(), subject, oracle()).verdict() : verdict;
  }

  /** The check of the bridge to Python; empty if neither oracle nor subject runs in Python. */
  public Optional<Bridge> bridge() {
    return pythonOracle().or(() -> pythonSubject).map(PythonPackage::bridge);
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
   * Writes a failure into the report folder: the case with the oracle's answer, and tests that
   * reproduce it.
   *
   * @param suite the suite whose subject failed
   * @return the case's file
   */
  public Path keep(
      Requirement requirement,
      StepCase scripted,
      Difference difference,
      String subject,
      Class<?> suite) {
    String part = block.map(Block::number).filter(n -> n > 0).map(n -> "-" + n).orElse("");
    List<Path> pythonPath = pythonOracle().map(PythonPackage::modulePath).orElse(List.of());
    Implementation answers = oracle.orElseGet(ExactOracle::new);
    return new FailureFolder(settings.out(), answers, settings.original(), pythonPath)
        .keep(
            subject + "-" + requirement + part, requirement, scripted, difference, subject, suite);
  }

  /** Writes a case that the oracle may not survive a second time; returns its file. */
  public Path keepWithoutOracle(String name, StepCase scripted) {
    return FailureFolder.keepWithoutOracle(settings.out(), name, scripted);
  }
}
