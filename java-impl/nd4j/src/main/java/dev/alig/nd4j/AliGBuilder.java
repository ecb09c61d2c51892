package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Collects settings and groups for {@link AliG}; {@link #build} checks them. */
public final class AliGBuilder {
  private final List<PendingGroup> groups = new ArrayList<>();
  private Settings.Builder settings = Settings.builder();
  private double maxLearningRate = GroupSettings.UNCAPPED;
  private double momentum;
  private boolean projectsFirst = true;

  AliGBuilder() {}

  /** The cap for groups without settings of their own; none unless set. */
  public AliGBuilder maxLearningRate(double value) {
    maxLearningRate = value;
    return this;
  }

  /** The momentum for groups without settings of their own; 0 unless set. */
  public AliGBuilder momentum(double value) {
    momentum = value;
    return this;
  }

  /** How momentum enters a step; standard unless set. */
  public AliGBuilder momentumForm(MomentumForm value) {
    settings.momentumForm(value);
    return this;
  }

  /** Sets {@link Settings#eps}; 1e-5 unless set. */
  public AliGBuilder eps(double value) {
    settings.eps(value);
    return this;
  }

  /** Projects the parameters onto the ball of this radius; no projection unless set. */
  public AliGBuilder l2Ball(double radius) {
    settings.ball(new L2Ball(radius));
    return this;
  }

  /**
   * Leaves the parameters as they are until the first step has been taken.
   *
   * <p>For a run that goes on: its last step has projected the parameters already, and once more
   * could change their last bits, since rounding leaves some just outside the ball.
   */
  public AliGBuilder withoutFirstProjection() {
    projectsFirst = false;
    return this;
  }

  /** Sets everything that groups share at once. */
  public AliGBuilder settings(Settings value) {
    settings = value.toBuilder();
    return this;
  }

  /** Adds a group that has the builder's cap and momentum. */
  public AliGBuilder parameters(INDArray... parameters) {
    groups.add(new PendingGroup(Optional.empty(), List.of(parameters)));
    return this;
  }

  /** Adds a group that has settings of its own. */
  public AliGBuilder group(GroupSettings own, INDArray... parameters) {
    groups.add(new PendingGroup(Optional.of(own), List.of(parameters)));
    return this;
  }

  /**
   * The optimizer; projects the parameters onto the ball, unless {@link #withoutFirstProjection}.
   *
   * @throws IllegalArgumentException if a setting is out of range, there is no parameter, types are
   *     mixed or unsupported, parameters share memory, or one was closed; nothing has been changed
   *     then
   */
  public AliG build() {
    GroupSettings defaults = new GroupSettings(maxLearningRate, momentum);
    INDArray first =
        groups.stream()
            .flatMap(group -> group.parameters.stream())
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("no parameters; add some with parameters()"));
    ArrayChecks.requireOpen("the first parameter", first);
    ArrayChecks.requireSupported("the first parameter", first);
    Engine<?> engine = new Engine<>(Storage.of(first.dataType()), settings.build());
    for (PendingGroup group : groups) {
      engine.addGroup(group.settings.orElse(defaults), group.parameters);
    }
    if (projectsFirst) {
      engine.project();
    }
    return new AliG(engine);
  }

  private record PendingGroup(Optional<GroupSettings> settings, List<INDArray> parameters) {}
}
