package dev.alig.nd4j.samediff;

import dev.alig.GroupSettings;
import dev.alig.MomentumForm;
import dev.alig.Settings;
import dev.alig.nd4j.AliG;
import dev.alig.nd4j.AliGBuilder;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;

/** Collects settings and groups for {@link SameDiffTrainer}; {@link #build} checks them. */
public final class SameDiffTrainerBuilder {
  private final SameDiff graph;
  private final AliGBuilder optimizer = AliG.builder();
  private final List<NamedGroup> groups = new ArrayList<>();
  private Placeholders placeholders = Placeholders.NONE;

  SameDiffTrainerBuilder(SameDiff graph) {
    this.graph = graph;
    TrainingConfig config = graph.getTrainingConfig();
    if (config != null) {
      placeholders = Placeholders.of(config);
    }
  }

  /** The cap for variables that are in no group; none unless set. */
  public SameDiffTrainerBuilder maxLearningRate(double value) {
    optimizer.maxLearningRate(value);
    return this;
  }

  /** The momentum for variables that are in no group; 0 unless set. */
  public SameDiffTrainerBuilder momentum(double value) {
    optimizer.momentum(value);
    return this;
  }

  /** How momentum enters a step; standard unless set. */
  public SameDiffTrainerBuilder momentumForm(MomentumForm value) {
    optimizer.momentumForm(value);
    return this;
  }

  /** Sets {@link Settings#eps}; 1e-5 unless set. */
  public SameDiffTrainerBuilder eps(double value) {
    optimizer.eps(value);
    return this;
  }

  /** Projects the variables onto the ball of this radius; no projection unless set. */
  public SameDiffTrainerBuilder l2Ball(double radius) {
    optimizer.l2Ball(radius);
    return this;
  }

  /** Sets everything that groups share at once. */
  public SameDiffTrainerBuilder settings(Settings value) {
    optimizer.settings(value);
    return this;
  }

  /** Gives some variables a cap and momentum of their own. */
  public SameDiffTrainerBuilder group(GroupSettings own, String... variables) {
    groups.add(new NamedGroup(own, List.of(variables)));
    return this;
  }

  /**
   * The placeholders for the features of a data set; as in a training configuration, unless set.
   */
  public SameDiffTrainerBuilder features(String... names) {
    placeholders = placeholders.withFeatures(List.of(names));
    return this;
  }

  /** The placeholders for the labels of a data set; as in a training configuration, unless set. */
  public SameDiffTrainerBuilder labels(String... names) {
    placeholders = placeholders.withLabels(List.of(names));
    return this;
  }

  /** The placeholders for the masks of the features of a data set. */
  public SameDiffTrainerBuilder featureMasks(String... names) {
    placeholders = placeholders.withFeatureMasks(List.of(names));
    return this;
  }

  /** The placeholders for the masks of the labels of a data set. */
  public SameDiffTrainerBuilder labelMasks(String... names) {
    placeholders = placeholders.withLabelMasks(List.of(names));
    return this;
  }

  /**
   * The trainer; projects the variables onto the ball.
   *
   * @throws IllegalArgumentException if a setting is out of range; if a named variable or
   *     placeholder is not there, is not of that kind, or is in two groups; if there is nothing to
   *     train, or variables have different types; or if the graph has a training configuration with
   *     regularization, whose gradient ALI-G would not see, or one that maximizes
   * @throws IllegalStateException if the graph has no loss, as SameDiff says
   */
  public SameDiffTrainer build() {
    Variables variables = Variables.of(graph, groups);
    placeholders.requireIn(graph);
    for (int i = 0; i < groups.size(); i++) {
      optimizer.group(groups.get(i).settings(), variables.arraysOfGroup(i));
    }
    if (variables.groups().size() > groups.size()) {
      optimizer.parameters(variables.arraysOfGroup(groups.size()));
    }
    return new SameDiffTrainer(graph, variables, placeholders, optimizer.build());
  }

  /** What a saved trainer knew, apart from the optimizer's state. */
  SameDiffTrainerBuilder resuming(Placeholders saved) {
    placeholders = saved;
    optimizer.withoutFirstProjection();
    return this;
  }

  /** A group by the names of its variables. */
  record NamedGroup(GroupSettings settings, List<String> variables) {
    NamedGroup {
      if (variables.isEmpty()) {
        throw new IllegalArgumentException("a group needs variables, there is none; name some");
      }
    }
  }
}
