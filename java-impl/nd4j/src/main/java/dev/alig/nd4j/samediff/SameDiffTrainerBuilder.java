package dev.alig.nd4j.samediff;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.AliGBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Collects settings and groups for {@link SameDiffTrainer}; {@link #build} checks them. */
public final class SameDiffTrainerBuilder {
  private final SameDiff graph;
  private final AliGBuilder optimizer = AliG.builder();
  private final List<NamedGroup> groups = new ArrayList<>();
  private Placeholders placeholders = Placeholders.NONE;
  private Optional<Map<String, INDArray>> slopeAt = Optional.empty();
  private boolean resumed;

  SameDiffTrainerBuilder(SameDiff graph) {
    this.graph = graph;
    TrainingConfig config = graph.getTrainingConfig();
    if (config != null) {
      placeholders = Placeholders.of(config);
    }
  }

  /** Sets the cap for variables that are in no group. Default: no cap. */
  public SameDiffTrainerBuilder maxLearningRate(double value) {
    optimizer.maxLearningRate(value);
    return this;
  }

  /** Sets the momentum for variables that are in no group. Default: 0. */
  public SameDiffTrainerBuilder momentum(double value) {
    optimizer.momentum(value);
    return this;
  }

  /** Sets how momentum enters a step. Default: standard. */
  public SameDiffTrainerBuilder momentumForm(MomentumForm value) {
    optimizer.momentumForm(value);
    return this;
  }

  /** Sets {@link Settings#eps}. Default: 1e-5. */
  public SameDiffTrainerBuilder eps(double value) {
    optimizer.eps(value);
    return this;
  }

  /**
   * Projects the variables onto the ball of this radius after each step. Default: no projection.
   *
   * @throws IllegalArgumentException if the radius is negative or NaN
   */
  public SameDiffTrainerBuilder l2Ball(double radius) {
    optimizer.l2Ball(radius);
    return this;
  }

  /** Sets {@link Settings#wideNorm}. Default: off. */
  public SameDiffTrainerBuilder wideNorm(boolean value) {
    optimizer.wideNorm(value);
    return this;
  }

  /** Sets all settings that the groups share. */
  public SameDiffTrainerBuilder settings(Settings value) {
    optimizer.settings(value);
    return this;
  }

  /**
   * Adds a group of variables with its own cap and momentum.
   *
   * @throws IllegalArgumentException if no variable is named
   */
  public SameDiffTrainerBuilder group(GroupSettings own, String... variables) {
    groups.add(new NamedGroup(own, List.of(variables)));
    return this;
  }

  /**
   * Names the placeholders for the features of a data set. Default: those of the training
   * configuration.
   */
  public SameDiffTrainerBuilder features(String... names) {
    placeholders = placeholders.withFeatures(List.of(names));
    return this;
  }

  /**
   * Names the placeholders for the labels of a data set. Default: those of the training
   * configuration.
   */
  public SameDiffTrainerBuilder labels(String... names) {
    placeholders = placeholders.withLabels(List.of(names));
    return this;
  }

  /**
   * Names the placeholders for the masks of the features. Default: those of the training
   * configuration.
   */
  public SameDiffTrainerBuilder featureMasks(String... names) {
    placeholders = placeholders.withFeatureMasks(List.of(names));
    return this;
  }

  /**
   * Names the placeholders for the masks of the labels. Default: those of the training
   * configuration.
   */
  public SameDiffTrainerBuilder labelMasks(String... names) {
    placeholders = placeholders.withLabelMasks(List.of(names));
    return this;
  }

  /**
   * Makes {@link #build} measure the gradient, as {@link SameDiffTrainer#verifySlope} does. It then
   * accepts operations whose gradients this project has not measured, such as your own.
   *
   * @param values the value of each placeholder that the loss depends on, by its name
   */
  public SameDiffTrainerBuilder verifySlope(Map<String, INDArray> values) {
    slopeAt = Optional.of(Map.copyOf(values));
    return this;
  }

  /**
   * Creates the trainer and projects the variables onto the ball.
   *
   * @throws IllegalArgumentException if a setting is out of range; if a named variable or
   *     placeholder does not exist, is of another kind, or is in two groups; if there is nothing to
   *     train, or variables have different types; if the graph's training configuration has
   *     regularization, which is not part of the loss, or maximizes; or if an operation between a
   *     variable and the loss has no gradient, a wrong one, or one that was not measured
   * @throws IllegalStateException if the graph has no loss, or {@link #verifySlope} was called and
   *     the slope is not 1
   */
  public SameDiffTrainer build() {
    Variables.requireTrainable(graph.getTrainingConfig());
    boolean measured = slopeAt.isEmpty() && !resumed;
    BackwardGraph backward = new BackwardGraph(graph, Losses.of(graph), new Gradients(!measured));
    Variables variables = Variables.of(graph, groups, backward.trained());
    placeholders.requireIn(graph);
    for (int i = 0; i < groups.size(); i++) {
      optimizer.group(groups.get(i).settings(), variables.arraysOfGroup(i));
    }
    if (variables.groups().size() > groups.size()) {
      optimizer.parameters(variables.arraysOfGroup(groups.size()));
    }
    // This must precede the construction of the optimizer, which projects the variables.
    slopeAt.ifPresent(values -> new Slope(backward, variables).verify(values));
    return new SameDiffTrainer(graph, variables, backward, placeholders, optimizer.build());
  }

  /** Restores what a saved trainer had besides the optimizer's state. */
  SameDiffTrainerBuilder resuming(Placeholders saved) {
    placeholders = saved;
    optimizer.withoutFirstProjection();
    resumed = true;
    return this;
  }

  /** A group by the names of its variables. */
  record NamedGroup(GroupSettings settings, List<String> variables) {
    NamedGroup {
      if (variables.isEmpty()) {
        throw new IllegalArgumentException("a group needs variables, had none; name at least one");
      }
    }
  }
}
