package dev.alig.conformance.releases;

import dev.alig.conformance.releases.ReleaseResult.Cell;
import dev.alig.conformance.releases.ReleaseResult.ProbeDigest;
import dev.alig.conformance.releases.ReleasesReport.Step;
import dev.alig.conformance.releases.ReleasesReport.VerdictChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What differs between two releases, and between two runs. */
final class Changes {
  private Changes() {}

  /**
   * What changed from each release to the next.
   *
   * @param fingerprints finds that of a release, if one was taken
   */
  static List<Step> neighbours(
      List<ReleaseResult> releases, Function<Version, Optional<Fingerprint>> fingerprints) {
    List<Step> steps = new ArrayList<>();
    for (int k = 1; k < releases.size(); k++) {
      steps.add(step(releases.get(k - 1), releases.get(k), fingerprints));
    }
    return steps;
  }

  private static Step step(
      ReleaseResult older,
      ReleaseResult newer,
      Function<Version, Optional<Fingerprint>> fingerprints) {
    Optional<Fingerprint> before = fingerprints.apply(older.version());
    Optional<Fingerprint> after = fingerprints.apply(newer.version());
    boolean known = hasProbes(before) && hasProbes(after);
    List<BitChange> bits =
        known ? BitChange.between(before.orElseThrow(), after.orElseThrow()) : List.of();
    String note = known ? "" : "one of the two could not be probed";
    return new Step(older.version(), newer.version(), verdicts(older, newer), bits, note);
  }

  private static boolean hasProbes(Optional<Fingerprint> fingerprint) {
    return fingerprint.filter(taken -> !taken.probes().isEmpty()).isPresent();
  }

  private static List<VerdictChange> verdicts(ReleaseResult older, ReleaseResult newer) {
    Map<String, String> before = cells(older);
    List<VerdictChange> changes = new ArrayList<>();
    for (ReleaseResult.Subject subject : newer.subjects()) {
      for (Cell cell : subject.requirements()) {
        String was = before.get(subject.name() + " " + cell.id());
        if (was != null && !was.equals(cell.verdict())) {
          changes.add(new VerdictChange(subject.name(), cell.id(), was, cell.verdict()));
        }
      }
    }
    return changes;
  }

  /** The verdicts by subject and requirement. */
  private static Map<String, String> cells(ReleaseResult release) {
    Map<String, String> verdicts = new LinkedHashMap<>();
    release
        .subjects()
        .forEach(
            subject ->
                subject
                    .requirements()
                    .forEach(
                        cell -> verdicts.put(subject.name() + " " + cell.id(), cell.verdict())));
    return verdicts;
  }

  /** What changed since an earlier run, a line each; a line that says so where nothing did. */
  static List<String> sinceLast(
      ReleasesReport earlier, RunSettings settings, List<ReleaseResult> now) {
    List<String> lines = new ArrayList<>();
    if (!earlier.settings().equals(settings)) {
      lines.addAll(settings(earlier.settings(), settings));
    }
    Map<Version, ReleaseResult> before = new TreeMap<>();
    earlier.releases().forEach(release -> before.put(release.version(), release));
    for (ReleaseResult release : now) {
      ReleaseResult was = before.remove(release.version());
      if (was == null) {
        lines.add("torch %s is new: %s".formatted(release.version(), release.verdict()));
      } else {
        lines.addAll(sinceLast(was, release));
      }
    }
    before.keySet().forEach(version -> lines.add("torch %s was not run".formatted(version)));
    return lines.isEmpty() ? List.of("nothing changed since the last run") : lines;
  }

  private static List<String> settings(RunSettings was, RunSettings is) {
    Map<String, List<Object>> compared = new LinkedHashMap<>();
    compared.put("seed", List.of(was.seed(), is.seed()));
    compared.put("tries", List.of(was.tries(), is.tries()));
    compared.put("subjects", List.of(was.subjects(), is.subjects()));
    compared.put("requirements", List.of(was.only(), is.only()));
    compared.put("oracle", List.of(was.oracle(), is.oracle()));
    compared.put("oracle's code", List.of(was.oracleCode(), is.oracleCode()));
    compared.put("our code", List.of(was.code(), is.code()));
    compared.put("host", List.of(was.host(), is.host()));
    return compared.entrySet().stream()
        .filter(entry -> !entry.getValue().get(0).equals(entry.getValue().get(1)))
        .map(
            entry ->
                "settings: %s was %s, is %s"
                    .formatted(entry.getKey(), entry.getValue().get(0), entry.getValue().get(1)))
        .toList();
  }

  private static List<String> sinceLast(ReleaseResult was, ReleaseResult is) {
    List<String> lines = new ArrayList<>();
    String torch = "torch " + is.version();
    if (!was.verdict().equals(is.verdict())) {
      lines.add("%s: was %s, is %s".formatted(torch, was.verdict(), is.verdict()));
    }
    if (!was.numpy().equals(is.numpy())) {
      lines.add("%s: numpy was %s, is %s".formatted(torch, was.numpy(), is.numpy()));
    }
    for (VerdictChange change : verdicts(was, is)) {
      lines.add(
          "%s, %s: %s was %s, is %s"
              .formatted(
                  torch, change.subject(), change.requirement(), change.from(), change.to()));
    }
    lines.addAll(probes(was, is));
    return lines;
  }

  /** The same release may give other bits on another processor, or after a change of a probe. */
  private static List<String> probes(ReleaseResult was, ReleaseResult is) {
    Map<String, String> before = new LinkedHashMap<>();
    was.probes().forEach(probe -> before.put(probe.name(), probe.digest()));
    Map<String, Integer> changed = new LinkedHashMap<>();
    for (ProbeDigest probe : is.probes()) {
      String digest = before.getOrDefault(probe.name(), probe.digest());
      if (!digest.equals(probe.digest())) {
        changed.merge(probe.group(), 1, Integer::sum);
      }
    }
    return changed.entrySet().stream()
        .map(
            group ->
                "torch %s: other bits in %d probes of %s"
                    .formatted(is.version(), group.getValue(), group.getKey()))
        .toList();
  }
}
