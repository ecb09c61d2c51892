package dev.alig.conformance.subjects;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.Settings;
import dev.alig.conformance.Group;
import dev.alig.conformance.Scripted;
import java.util.Optional;

/** A case's settings as this project's optimizers take them. */
final class JavaSettings {
  private JavaSettings() {}

  /** {@link Settings}, {@link L2Ball} and {@link GroupSettings} refuse what the original takes. */
  static Optional<String> refusal(Scripted scripted) {
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

  /** What all groups share. */
  static Settings of(Scripted scripted) {
    return Settings.builder()
        .eps(scripted.eps())
        .momentumForm(scripted.form())
        .ball(new L2Ball(radius(scripted)))
        .build();
  }

  static boolean hasMomentum(Scripted scripted) {
    return scripted.groups().stream().anyMatch(Group::hasBuffers);
  }

  static GroupSettings of(Group group) {
    return new GroupSettings(group.cap(), group.momentum());
  }

  private static double radius(Scripted scripted) {
    return scripted.radius().orElse(L2Ball.UNBOUNDED.radius());
  }
}
