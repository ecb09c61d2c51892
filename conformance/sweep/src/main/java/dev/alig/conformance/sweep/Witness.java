package dev.alig.conformance.sweep;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.bounds.AliG;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.cases.TraceFile;
import dev.alig.conformance.report.Report;
import dev.alig.conformance.report.Report.RequirementResult;
import dev.alig.conformance.sweep.Bisection.Observer;
import dev.alig.conformance.sweep.Bisection.Unobservable;
import dev.alig.conformance.sweep.Fingerprint.Probe;
import dev.alig.conformance.sweep.Observation.Blame;
import dev.alig.python.EnvironmentException;
import dev.alig.python.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Observes a trace file or a probe on releases of torch.
 *
 * @param row this machine's row; each observation replaces its release of torch
 * @param shown a trace file, or the name of a probe
 * @param subject the optimizer to compare
 * @param folder the folder for files of each release
 */
record Witness(RowRun run, Row row, String shown, Implementation subject, Path folder)
    implements Observer {
  private static final int WIDTH = 80;

  /** An observation, and everything that changes it, except the release. */
  private record Seen(String asked, Observation observation) {}

  /**
   * Stores the observations of another observer, so that an interrupted search can continue.
   * Releases that could not be observed are tried again.
   *
   * @param asked everything that changes observations; a stored observation with another value does
   *     not count
   */
  static Observer remembering(Observer observer, String asked, Path folder) {
    return torch -> {
      Path file = folder.resolve(torch).resolve("seen.json");
      Optional<Seen> before =
          SweepFolder.read(file, Seen.class).filter(seen -> seen.asked.equals(asked));
      if (before.isPresent()) {
        return before.get().observation;
      }
      Observation found = observer.observe(torch);
      SweepFolder.write(file, new Seen(asked, found));
      return found;
    };
  }

  /** This witness, with its observations stored. */
  Observer remembering() throws IOException {
    String text = isFile() ? Files.readString(Path.of(shown)) : shown;
    return remembering(this, Trial.digest(text + subject.name() + run.settings() + row), folder);
  }

  private boolean isFile() {
    return Files.isRegularFile(Path.of(shown));
  }

  @Override
  public Observation observe(String torch) throws IOException, Unobservable {
    Path own = Files.createDirectories(folder.resolve(torch));
    try {
      PythonEnvironment python = run.pythons().prepare(run.python(row), torch);
      return isFile() ? cases(torch, python, own) : probe(torch, python, own);
    } catch (EnvironmentException e) {
      throw new Unobservable("it cannot be set up: " + e.getMessage());
    } finally {
      run.pythons().leave(run.python(row), torch);
    }
  }

  private Observation cases(String torch, PythonEnvironment python, Path own)
      throws IOException, Unobservable {
    Path plain = own.resolve("plain.jsonl");
    try {
      answer(python, plain, false);
    } catch (IOException e) {
      String raised = String.valueOf(e.getMessage());
      return new Observation(true, Trial.digest(raised), "", Blame.ORACLE, raised);
    }
    List<Recorded> portable;
    try {
      portable = answer(python, own.resolve("portable.jsonl"), true);
    } catch (IOException refused) {
      portable = List.of();
    }
    Row replayed = row.with(Map.of("subjects", List.of(subject.name())));
    List<String> more = List.of("--traces", plain.toString());
    RowResult result = run.gate(replayed, torch, own, System.nanoTime(), more);
    if (!result.isFinal()) {
      throw new Unobservable(result.outcome().words());
    }
    return new Trial(
            TraceFile.read(plain),
            portable,
            result.oracle().fused() ? AliG.TORCH : AliG.UNFUSED,
            subject,
            against(result, "TRACES_TH"),
            against(result, "ORACLE_TRACES"))
        .observe();
  }

  private List<Recorded> answer(PythonEnvironment python, Path file, boolean portable)
      throws IOException {
    List<String> command = List.of("answer", Path.of(shown).toAbsolutePath().toString());
    Pythons.ask(python, row, portable, command, file);
    return TraceFile.read(file);
  }

  private static String against(RowResult result, String requirement) {
    return result.subjects().stream()
        .flatMap(found -> found.requirements().stream())
        .filter(found -> found.id().equals(requirement) && found.verdict().equals(Report.DIFFERS))
        .map(RequirementResult::message)
        .findFirst()
        .orElse("");
  }

  private Observation probe(String torch, PythonEnvironment python, Path own)
      throws IOException, Unobservable {
    Probe found = find(Fingerprint.take(python, row, false, own.resolve("fingerprint.json")));
    Probe portable = find(Fingerprint.take(python, row, true, own.resolve("portable.json")));
    String places = found.outcome();
    String few = places.length() <= WIDTH ? places : places.substring(0, WIDTH) + "…";
    String off =
        found.offUlps() < 0
            ? ""
            : String.format(Locale.ROOT, ", %.2f ulp off the exact answer", found.offUlps());
    return new Observation(
        false,
        Trial.digest(places),
        Trial.digest(portable.outcome()),
        Blame.NOBODY,
        "%s, torch %s: %s%s".formatted(shown, torch, few, off));
  }

  private Probe find(Fingerprint taken) throws Unobservable {
    if (!taken.dropped().isEmpty()) {
      throw new Unobservable(taken.dropped());
    }
    List<String> names = taken.probes().stream().map(Probe::name).toList();
    String refusal = "--bisect: %s is neither a file nor a probe; probes are %s";
    return taken
        .probe(shown)
        .orElseThrow(() -> new IllegalArgumentException(refusal.formatted(shown, names)));
  }
}
