package dev.alig.nd4j;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import dev.alig.kernel.KernelVariant;
import dev.alig.kernel.Kernels;
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
  private KernelVariant kernel = Kernels.chosen();
  private boolean operations = !Passes.isOnCpu();

  AliGBuilder() {}

  /** Sets the cap of the groups added by {@link #parameters}. Default: no cap. */
  public AliGBuilder maxLearningRate(double value) {
    maxLearningRate = value;
    return this;
  }

  /** Sets the momentum of the groups added by {@link #parameters}. Default: 0. */
  public AliGBuilder momentum(double value) {
    momentum = value;
    return this;
  }

  /** Sets how momentum enters a step. Default: standard. */
  public AliGBuilder momentumForm(MomentumForm value) {
    settings.momentumForm(value);
    return this;
  }

  /** Sets {@link Settings#eps}. Default: 1e-5. */
  public AliGBuilder eps(double value) {
    settings.eps(value);
    return this;
  }

  /**
   * Projects the parameters onto the ball of this radius after each step. Default: no projection.
   *
   * @throws IllegalArgumentException if the radius is negative or NaN
   */
  public AliGBuilder l2Ball(double radius) {
    settings.ball(new L2Ball(radius));
    return this;
  }

  /** Sets {@link Settings#wideNorm}. Default: off. */
  public AliGBuilder wideNorm(boolean value) {
    settings.wideNorm(value);
    return this;
  }

  /**
   * Does not project the parameters in {@link #build}.
   *
   * <p>Use it to resume a run. The last step of that run has projected the parameters already. A
   * second projection could change their last bits, because rounding can leave them slightly
   * outside the ball.
   */
  public AliGBuilder withoutFirstProjection() {
    projectsFirst = false;
    return this;
  }

  /**
   * Uses another kernel than {@link Kernels#chosen}. This is for tests of the kernels; all give the
   * same bits.
   */
  public AliGBuilder kernel(KernelVariant value) {
    kernel = value;
    return this;
  }

  /**
   * Takes steps by ND4J's operations, which run where the arrays are, instead of by a kernel in the
   * host's memory. Default: if ND4J's back end is not a CPU.
   *
   * <p>Nothing of the parameters' size is copied to the host then. The back end rounds in its own
   * way, so the last bits can differ from those of the kernels. HALF and BFLOAT16 are always
   * copied.
   */
  public AliGBuilder operations(boolean value) {
    operations = value;
    return this;
  }

  /** Sets all settings that the groups share. */
  public AliGBuilder settings(Settings value) {
    settings = value.toBuilder();
    return this;
  }

  /** Adds a group with the builder's cap and momentum. */
  public AliGBuilder parameters(INDArray... parameters) {
    groups.add(new PendingGroup(Optional.empty(), List.of(parameters)));
    return this;
  }

  /** Adds a group with its own cap and momentum. */
  public AliGBuilder group(GroupSettings own, INDArray... parameters) {
    groups.add(new PendingGroup(Optional.of(own), List.of(parameters)));
    return this;
  }

  /**
   * Creates the optimizer and projects the parameters onto the ball, unless {@link
   * #withoutFirstProjection} was called.
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
    Engine<?> engine =
        new Engine<>(Storage.of(first.dataType()), settings.build(), kernel, operations);
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
