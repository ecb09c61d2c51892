package dev.alig.conformance.subjects;

import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainingCase;
import java.util.ArrayList;
import java.util.List;

/** The batches of a training case. */
public final class TrainingBatches {
  private final TrainingCase trained;
  private final Tensor oneHot;

  /** The batches of a case. */
  public TrainingBatches(TrainingCase trained) {
    this.trained = trained;
    this.oneHot = oneHot(trained.problem().classes(), trained.problem().kinds());
  }

  private static Tensor oneHot(Tensor classes, int kinds) {
    double[] hot = new double[classes.size() * kinds];
    for (int i = 0; i < classes.size(); i++) {
      hot[i * kinds + (int) classes.get(i)] = 1;
    }
    List<Integer> shape = new ArrayList<>(classes.shape());
    shape.add(kinds);
    return Tensor.of(shape, hot);
  }

  /** One of the features of a step's examples. */
  public Tensor features(int index, int step) {
    return rows(trained.problem().features().get(index), step);
  }

  /** The one-hot classes of a step's examples; the last dimension has one element per class. */
  public Tensor classes(int step) {
    return rows(oneHot, step);
  }

  /** The number of examples in a step's batch. */
  public int size(int step) {
    return trained.problem().order().get(step).size();
  }

  private Tensor rows(Tensor all, int step) {
    List<Integer> examples = trained.problem().order().get(step);
    int each = all.size() / all.shape().get(0);
    double[] values = new double[examples.size() * each];
    for (int i = 0; i < values.length; i++) {
      values[i] = all.get(examples.get(i / each) * each + i % each);
    }
    List<Integer> shape = new ArrayList<>(all.shape());
    shape.set(0, examples.size());
    return Tensor.of(shape, values);
  }
}
