package dev.alig.nd4j;

import dev.alig.GroupSettings;
import java.util.List;
import java.util.stream.Stream;

/** A parameter group: parameters and their current settings. */
final class Group {
  private final List<Parameter> parameters;
  private GroupSettings settings;

  Group(GroupSettings settings, List<Parameter> parameters) {
    this.settings = settings;
    this.parameters = List.copyOf(parameters);
  }

  /** The parameters of all groups, in order. */
  static Stream<Parameter> parameters(List<Group> groups) {
    return groups.stream().flatMap(group -> group.parameters.stream());
  }

  GroupSettings settings() {
    return settings;
  }

  void set(GroupSettings replacement) {
    settings = replacement;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  Parameter parameter(int index) {
    if (index < 0 || index >= parameters.size()) {
      throw new IndexOutOfBoundsException(
          "parameter must be in [0, " + parameters.size() + "), was " + index);
    }
    return parameters.get(index);
  }
}
