package dev.alig.tensorflow;

import dev.alig.GroupSettings;
import dev.alig.L2Ball;
import dev.alig.LearningRateSchedule;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.family.TNumber;

/** Collects settings and groups for {@link AliG}; {@link #build} checks them. */
public final class AliGBuilder {
  private final Graph graph;
  private final List<ParameterGroup> groups = new ArrayList<>();
  private String name = AliG.NAME;
  private Semantics semantics = Semantics.PYTORCH;
  private Cap cap = new Cap.Fixed(GroupSettings.UNCAPPED);
  private double momentum;
  private boolean unsavedMomentum;
  private Settings.Builder settings = Settings.builder();
  private Optional<MomentumForm> form = Optional.empty();

  AliGBuilder(Graph graph) {
    this.graph = graph;
  }

  /** Sets the name scope of the optimizer's operations. Default: {@code AliG}. */
  public AliGBuilder name(String value) {
    name = value;
    return this;
  }

  /** Sets which of the authors' two optimizers to follow where they differ. Default: PyTorch's. */
  public AliGBuilder semantics(Semantics value) {
    semantics = value;
    return this;
  }

  /** Sets the cap for variables that are in no group. Default: no cap. */
  public AliGBuilder maxLearningRate(double value) {
    cap = new Cap.Fixed(value);
    return this;
  }

  /**
   * Sets the cap to a scalar of the graph, such as a placeholder or a variable, which can change
   * from step to step. A step with a negative or NaN cap fails and changes nothing.
   */
  public AliGBuilder maxLearningRate(Operand<? extends TNumber> value) {
    cap = new Cap.Scheduled(value);
    return this;
  }

  /** Sets the momentum for variables that are in no group. Default: 0. */
  public AliGBuilder momentum(double value) {
    momentum = value;
    return this;
  }

  /** Sets how momentum enters a step. Default: standard; adjusted with {@link Semantics#TF1}. */
  public AliGBuilder momentumForm(MomentumForm value) {
    form = Optional.of(value);
    return this;
  }

  /** Sets {@link Settings#eps}. Default: 1e-5. */
  public AliGBuilder eps(double value) {
    settings.eps(value);
    return this;
  }

  /** Sets {@link Settings#lowerBound}. Default: 0. */
  public AliGBuilder lowerBound(double value) {
    settings.lowerBound(value);
    return this;
  }

  /**
   * Projects the variables onto the ball of this radius after each step. Default: no projection.
   *
   * <p>Run {@link AliG#projection} once before the first step.
   *
   * @throws IllegalArgumentException if the radius is negative or NaN
   */
  public AliGBuilder l2Ball(double radius) {
    settings.ball(new L2Ball(radius));
    return this;
  }

  /** Sets all settings that the groups share. */
  public AliGBuilder settings(Settings value) {
    settings = value.toBuilder();
    form = Optional.of(value.momentumForm());
    return this;
  }

  /** Adds a group of variables with its own cap and momentum. */
  public AliGBuilder group(GroupSettings own, Operand<?>... variables) {
    Cap ownCap = new Cap.Fixed(own.maxLearningRate());
    groups.add(new ParameterGroup(ownCap, own.momentum(), List.of(variables)));
    return this;
  }

  /** Adds a group of variables with its own momentum, and with a scalar of the graph as its cap. */
  public AliGBuilder group(
      Operand<? extends TNumber> maxLearningRate, double ownMomentum, Operand<?>... variables) {
    Cap ownCap = new Cap.Scheduled(maxLearningRate);
    groups.add(new ParameterGroup(ownCap, ownMomentum, List.of(variables)));
    return this;
  }

  /** Sets {@link Settings#wideNorm}. Default: off. See {@link AliG#normOverflowed}. */
  public AliGBuilder wideNorm(boolean value) {
    settings.wideNorm(value);
    return this;
  }

  /**
   * Allows {@code minimize} after the graph's saver was created, although its checkpoints will not
   * contain the momentum.
   *
   * <p>TensorFlow-Java creates the saver at the first save, restore or export. It saves only the
   * variables that exist then. For a graph with resource variables {@code minimize} creates the
   * saver, but not with this setting: so set it for all optimizers of such a graph but the last.
   */
  public AliGBuilder acceptUnsavedMomentum() {
    unsavedMomentum = true;
    return this;
  }

  /**
   * Creates the optimizer. It adds nothing to the graph yet.
   *
   * @throws IllegalArgumentException if a setting is out of range, has no meaning in a graph, or
   *     contradicts the {@link Semantics}
   */
  public AliG build() {
    return new AliG(plan());
  }

  Plan plan() {
    ParameterGroup rest = new ParameterGroup(cap, momentum, List.of());
    requireValid(rest);
    groups.forEach(this::requireValid);
    Checks.requireDistinct(
        groups.stream()
            .flatMap(group -> group.variables().stream())
            .<Output<?>>map(Operand::asOutput)
            .toList());
    Settings built = settings.momentumForm(formOrDefault()).build();
    requireOfGraph(built);
    if (semantics == Semantics.TF1) {
      requireTf1(built);
    }
    return new Plan(graph, name, semantics, built, groups, rest, unsavedMomentum);
  }

  private MomentumForm formOrDefault() {
    return form.orElse(semantics == Semantics.TF1 ? MomentumForm.ADJUSTED : MomentumForm.STANDARD);
  }

  private void requireValid(ParameterGroup group) {
    if (group.cap() instanceof Cap.Scheduled scheduled) {
      Output<?> output = scheduled.value().asOutput();
      Checks.requireOf(graph, "maxLearningRate " + output.name(), output);
      Checks.requireScalar("maxLearningRate " + output.name(), output);
    }
    group.variables().forEach(variable -> Checks.requireVariable(graph, variable.asOutput()));
  }

  private static void requireOfGraph(Settings settings) {
    if (settings.schedule() != LearningRateSchedule.CONSTANT) {
      throw new IllegalArgumentException(
          "a LearningRateSchedule runs in Java and cannot change a cap in a graph;"
              + " give maxLearningRate a placeholder or a variable, and set that before each step");
    }
  }

  private static void requireTf1(Settings settings) {
    if (settings.momentumForm() != MomentumForm.ADJUSTED) {
      throw new IllegalArgumentException(
          "momentumForm must be ADJUSTED in the semantics TF1, was "
              + settings.momentumForm()
              + "; use the semantics PYTORCH for the other form");
    }
    if (settings.ball().isBounded()) {
      throw new IllegalArgumentException(
          "the l2 ball must be unbounded in the semantics TF1, had radius "
              + settings.ball().radius()
              + "; use the semantics PYTORCH for a projection");
    }
  }
}
