package dev.alig.conformance.report;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.causes.Explanation;
import dev.alig.conformance.run.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the failures of a run have in common. */
final class CommonCauses {
  private CommonCauses() {}

  /** What is off, whose it is, and one setting that explains it, or an empty text. */
  private record Key(String party, String quantity, String setting) {
    static Key of(Explanation explanation, String setting) {
      return new Key(explanation.party(), explanation.quantity(), setting);
    }
  }

  /** The cases of a cause, and the settings that explain each of them. */
  private record Group(Set<Requirement> requirements, Set<String> cases, List<String> common) {
    void add(Event.Explained event, List<String> settings) {
      requirements.addAll(event.requirements());
      cases.add(event.caseId());
      common.retainAll(settings);
    }

    Report.Cause cause(Key key) {
      return new Report.Cause(
          key.party,
          key.quantity,
          key.setting,
          common.stream().filter(setting -> !setting.equals(key.setting)).toList(),
          requirements.stream().map(Requirement::name).toList(),
          cases.size(),
          cases.iterator().next());
    }
  }

  /** The causes, those of most cases first. */
  static List<Report.Cause> of(List<Event.Explained> events) {
    Map<Key, Integer> votes = votes(events);
    Map<Key, Group> groups = new LinkedHashMap<>();
    for (Event.Explained event : events) {
      for (Explanation explanation : event.explanations()) {
        List<String> settings = chosen(explanation, votes);
        for (String setting : settings.isEmpty() ? List.of("") : settings) {
          groups
              .computeIfAbsent(Key.of(explanation, setting), any -> empty(settings))
              .add(event, settings);
        }
      }
    }
    return groups.entrySet().stream()
        .map(entry -> entry.getValue().cause(entry.getKey()))
        .sorted(Comparator.comparing(Report.Cause::cases).reversed())
        .toList();
  }

  private static Group empty(List<String> settings) {
    return new Group(
        EnumSet.noneOf(Requirement.class), new LinkedHashSet<>(), new ArrayList<>(settings));
  }

  /** In how many cases a setting may be the reason. */
  private static Map<Key, Integer> votes(List<Event.Explained> events) {
    Map<Key, Integer> votes = new HashMap<>();
    for (Event.Explained event : events) {
      for (Explanation explanation : event.explanations()) {
        explanation.settings().stream()
            .flatMap(List::stream)
            .distinct()
            .forEach(setting -> votes.merge(Key.of(explanation, setting), 1, Integer::sum));
      }
    }
    return votes;
  }

  /** Of the explanations of one case, the one whose settings may explain most cases. */
  private static List<String> chosen(Explanation explanation, Map<Key, Integer> votes) {
    Comparator<List<String>> byVotes =
        Comparator.comparing(
            settings ->
                settings.stream()
                    .mapToInt(setting -> votes.getOrDefault(Key.of(explanation, setting), 0))
                    .sum());
    return explanation.settings().stream().max(byVotes).orElse(List.of());
  }
}
