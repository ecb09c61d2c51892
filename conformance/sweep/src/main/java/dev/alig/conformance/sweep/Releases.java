package dev.alig.conformance.sweep;

import java.lang.module.ModuleDescriptor;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The releases of torch that a package index has, oldest first. */
final class Releases {
  /** Compares versions by their numbers, like the versions of Java's modules. */
  static final Comparator<String> OLDEST_FIRST =
      Comparator.comparing(ModuleDescriptor.Version::parse);

  /** The oldest minor line that counts if no release is named. */
  private static final String OLDEST = "2.2.0";

  private static final int SHOWN = 8;

  private final NavigableSet<String> available = new TreeSet<>(OLDEST_FIRST);

  /** The releases among an index's versions; previews such as 2.16.0rc1 do not count. */
  Releases(Collection<String> versions) {
    versions.stream().filter(text -> text.matches("\\d+\\.\\d+\\.\\d+")).forEach(available::add);
    if (available.isEmpty()) {
      throw new IllegalArgumentException(
          "the index has no release of torch for this Python; it has " + versions);
    }
  }

  /**
   * The releases for some names, oldest first.
   *
   * @param names versions, or minor lines such as 2.5 for their latest patch; if empty, the pinned
   *     release and the latest patch of each minor line from 2.2 on
   * @throws IllegalArgumentException if the index lacks one; the message names it
   */
  List<String> named(List<String> names, String pinned) {
    Stream<String> chosen =
        names.isEmpty()
            ? Stream.concat(
                Stream.of(pinned),
                available.tailSet(OLDEST).stream().flatMap(v -> latestOf(line(v)).stream()))
            : names.stream().map(this::named);
    return chosen.distinct().sorted(OLDEST_FIRST).toList();
  }

  /**
   * The release for a name, which can also be {@code newest}.
   *
   * @throws IllegalArgumentException if the index lacks it
   */
  String named(String name) {
    if (name.equals(Row.NEWEST)) {
      return available.last();
    }
    String version = latestOf(name).orElse(name);
    if (!available.contains(version)) {
      throw new IllegalArgumentException(
          "the index has no torch %s for this Python; the newest it has are %s"
              .formatted(name, available.descendingSet().stream().limit(SHOWN).toList()));
    }
    return version;
  }

  /** The releases from one to another, both included, in that order. */
  List<String> between(String first, String last) {
    return OLDEST_FIRST.compare(first, last) <= 0
        ? List.copyOf(available.subSet(first, true, last, true))
        : List.copyOf(available.subSet(last, true, first, true).descendingSet());
  }

  private static String line(String version) {
    return version.substring(0, version.lastIndexOf('.'));
  }

  private Optional<String> latestOf(String line) {
    return available.descendingSet().stream().filter(v -> line(v).equals(line)).findFirst();
  }
}
