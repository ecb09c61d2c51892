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

  /** The scope that the optimizer's operations are named in; {@code AliG} unless set. */
  public AliGBuilder name(String value) {
    name = value;
    return this;
  }

  /** Which original to follow where they differ; PyTorch's unless set. */
  public AliGBuilder semantics(Semantics value) {
    semantics = value;
    return this;
  }

  /** The cap for variables that are in no group; none unless set. */
  public AliGBuilder maxLearningRate(double value) {
    cap = new Cap.Fixed(value);
    return this;
  }

  /**
   * The same as a scalar of the graph, such as a placeholder or a variable, so that it can change
   * from step to step. A step fails while it is negative or NaN, and changes nothing then.
   */
  public AliGBuilder maxLearningRate(Operand<? extends TNumber> value) {
    cap = new Cap.Scheduled(value);
    return this;
  }

  /** The momentum for variables that are in no group; 0 unless set. */
  public AliGBuilder momentum(double value) {
    momentum = value;
    return this;
  }

  /** How momentum enters a step; unless set, standard, or adjusted in {@link Semantics#TF1}. */
  public AliGBuilder momentumForm(MomentumForm value) {
    form = Optional.of(value);
    return this;
  }

  /** Sets {@link Settings#eps}; 1e-5 unless set. */
  public AliGBuilder eps(double value) {
    settings.eps(value);
    return this;
  }

  /** Sets {@link Settings#lowerBound}; 0 unless set. */
  public AliGBuilder lowerBound(double value) {
    settings.lowerBound(value);
    return this;
  }

  /**
   * Projects the variables onto the ball of this radius; no projection unless set.
   *
   * <p>Run {@link AliG#projection} once before the first step.
   */
  public AliGBuilder l2Ball(double radius) {
    settings.ball(new L2Ball(radius));
    return this;
  }

  /** Sets everything that groups share at once. */
  public AliGBuilder settings(Settings value) {
    settings = value.toBuilder();
    form = Optional.of(value.momentumForm());
    return this;
  }

  /** Gives variables settings of their own. */
  public AliGBuilder group(GroupSettings own, Operand<?>... variables) {
    Cap ownCap = new Cap.Fixed(own.maxLearningRate());
    groups.add(new ParameterGroup(ownCap, own.momentum(), List.of(variables)));
    return this;
  }

  /** Gives variables a momentum and a cap of their own, where the cap is a scalar of the graph. */
  public AliGBuilder group(
      Operand<? extends TNumber> maxLearningRate, double ownMomentum, Operand<?>... variables) {
    Cap ownCap = new Cap.Scheduled(maxLearningRate);
    groups.add(new ParameterGroup(ownCap, ownMomentum, List.of(variables)));
    return this;
  }

  /**
   * Goes on where the graph's saver exists already, though momentum will not be in its checkpoints.
   *
   * <p>TensorFlow-Java makes the saver at the first save, restore or export, of the variables that
   * there are then.
   */
  public AliGBuilder acceptUnsavedMomentum() {
    unsavedMomentum = true;
    return this;
  }

  /**
   * The optimizer; nothing is added to the graph yet.
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
          "a LearningRateSchedule runs in Java and cannot move a cap in a graph;"
              + " give maxLearningRate a placeholder or a variable, and set that before each step");
    }
  }

  private static void requireTf1(Settings settings) {
    if (settings.momentumForm() != MomentumForm.ADJUSTED) {
      throw new IllegalArgumentException(
          "momentumForm must be ADJUSTED in the semantics TF1, was "
              + settings.momentumForm()
              + "; choose PYTORCH for the other form");
    }
    if (settings.ball().isBounded()) {
      throw new IllegalArgumentException(
          "the l2 ball must be unbounded in the semantics TF1, had radius "
              + settings.ball().radius()
              + "; choose PYTORCH for a projection");
    }
  }
}
