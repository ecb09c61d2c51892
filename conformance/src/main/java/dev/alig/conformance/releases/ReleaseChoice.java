package dev.alig.conformance.releases;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which releases to run, out of those that the registry has for this Python. */
final class ReleaseChoice {
  /** The oldest minor line that is looked at unless a release is named. */
  static final Version OLDEST = new Version(2, 2, 0);

  private static final int SHOWN = 8;

  private final NavigableSet<Version> available;

  /**
   * Chooses among releases.
   *
   * @param available what the registry has; what is no release is passed over
   */
  ReleaseChoice(List<String> available) {
    this.available =
        available.stream()
            .flatMap(text -> Version.parse(text).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    if (this.available.isEmpty()) {
      throw new IllegalArgumentException(
          "the registry has no release of torch for this Python; it has " + available);
    }
  }

  /** The pinned release and the latest patch of each minor line from 2.2 on, oldest first. */
  List<Version> defaults(Version pinned) {
    NavigableSet<Version> chosen = new TreeSet<>();
    chosen.add(pinned);
    for (Version version : available.tailSet(OLDEST, true)) {
      latestOf(version).ifPresent(chosen::add);
    }
    return List.copyOf(chosen);
  }

  /**
   * The releases of names, oldest first; a minor line such as 2.5 stands for its latest patch.
   *
   * @throws IllegalArgumentException naming the one that the registry lacks
   */
  List<Version> named(List<String> names) {
    return names.stream().map(this::named).distinct().sorted().toList();
  }

  /**
   * The release of a name.
   *
   * @throws IllegalArgumentException if the registry lacks it
   */
  Version named(String name) {
    Optional<Version> line = Version.parse(name + ".0");
    Version version =
        line.map(first -> latestOf(first).orElse(first)).orElseGet(() -> Version.of(name));
    if (!available.contains(version)) {
      throw new IllegalArgumentException(
          "the registry has no torch %s for this Python; the newest it has are %s"
              .formatted(name, available.descendingSet().stream().limit(SHOWN).toList()));
    }
    return version;
  }

  /** The releases from one to another, both included, oldest first. */
  List<Version> between(Version first, Version last) {
    return List.copyOf(available.subSet(first, true, last, true));
  }

  private Optional<Version> latestOf(Version line) {
    return available.descendingSet().stream().filter(line::isOfLine).findFirst();
  }
}
