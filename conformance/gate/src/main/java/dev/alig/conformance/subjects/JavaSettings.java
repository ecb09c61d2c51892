package dev.alig.conformance.subjects;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.Settings;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.StepCase;
import java.util.Optional;

/** Converts a case's settings to those of this project's optimizers. */
final class JavaSettings {
  private JavaSettings() {}

  /**
   * Why the settings are refused; empty if they are not. {@link Settings}, {@link L2Ball} and
   * {@link GroupSettings} refuse some values that {@code alig.th} accepts.
   */
  static Optional<String> refusal(StepCase scripted) {
    if (!(scripted.eps() >= 0)) {
      return Optional.of("eps must be >= 0, was " + scripted.eps());
    }
    double radius = radius(scripted);
    if (!(radius >= 0)) {
      return Optional.of("radius must be >= 0, was " + radius);
    }
    return scripted.groups().stream()
        .filter(group -> !(group.cap() > 0))
        .map(group -> "maxLearningRate must be > 0, was " + group.cap())
        .findFirst();
  }

  /** The settings that all groups share. */
  static Settings of(StepCase scripted) {
    return Settings.builder()
        .eps(scripted.eps())
        .momentumForm(scripted.form())
        .ball(new L2Ball(radius(scripted)))
        .build();
  }

  static boolean hasMomentum(StepCase scripted) {
    return scripted.groups().stream().anyMatch(Group::hasBuffers);
  }

  static GroupSettings of(Group group) {
    return new GroupSettings(group.cap(), group.momentum());
  }

  private static double radius(StepCase scripted) {
    return scripted.radius().orElse(L2Ball.UNBOUNDED.radius());
  }
}
