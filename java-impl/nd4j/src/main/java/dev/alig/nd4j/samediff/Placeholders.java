package dev.alig.nd4j.samediff;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The names of the placeholders for the arrays of a data set, in order.
 *
 * @param features the placeholders of the features
 * @param labels the placeholders of the labels
 * @param featureMasks the placeholders of the features' masks; empty if the graph uses none
 * @param labelMasks the placeholders of the labels' masks; empty if the graph uses none
 */
record Placeholders(
    List<String> features,
    List<String> labels,
    List<String> featureMasks,
    List<String> labelMasks) {
  static final Placeholders NONE = new Placeholders(List.of(), List.of(), List.of(), List.of());

  Placeholders {
    features = List.copyOf(features);
    labels = List.copyOf(labels);
    featureMasks = List.copyOf(featureMasks);
    labelMasks = List.copyOf(labelMasks);
  }

  static Placeholders of(TrainingConfig config) {
    return new Placeholders(
        orNone(config.getDataSetFeatureMapping()),
        orNone(config.getDataSetLabelMapping()),
        orNone(config.getDataSetFeatureMaskMapping()),
        orNone(config.getDataSetLabelMaskMapping()));
  }

  private static List<String> orNone(@Nullable List<String> names) {
    return names == null ? List.of() : names;
  }

  Placeholders withFeatures(List<String> names) {
    return new Placeholders(names, labels, featureMasks, labelMasks);
  }

  Placeholders withLabels(List<String> names) {
    return new Placeholders(features, names, featureMasks, labelMasks);
  }

  Placeholders withFeatureMasks(List<String> names) {
    return new Placeholders(features, labels, names, labelMasks);
  }

  Placeholders withLabelMasks(List<String> names) {
    return new Placeholders(features, labels, featureMasks, names);
  }

  void requireIn(SameDiff graph) {
    Stream.of(features, labels, featureMasks, labelMasks)
        .flatMap(List::stream)
        .filter(name -> !graph.hasVariable(name) || !graph.getVariable(name).isPlaceHolder())
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "%s is no placeholder of the graph; name one of %s"
                      .formatted(name, graph.inputs()));
            });
  }

  /** The values of a minibatch, by placeholder. */
  Map<String, INDArray> values(MultiDataSet minibatch) {
    if (features.isEmpty()) {
      throw new IllegalStateException(
          "no placeholder is named for the features of a data set; name placeholders with features(…)"
              + " and labels(…) of the builder, or call step(values)");
    }
    Map<String, INDArray> values = new HashMap<>();
    put(values, "features", features, minibatch.getFeatures());
    put(values, "labels", labels, minibatch.getLabels());
    putMasks(values, "feature masks", featureMasks, minibatch.getFeaturesMaskArrays());
    putMasks(values, "label masks", labelMasks, minibatch.getLabelsMaskArrays());
    return values;
  }

  /** Ignores masks that the graph does not use. */
  private static void putMasks(
      Map<String, INDArray> values, String what, List<String> names, INDArray @Nullable [] masks) {
    if (!names.isEmpty()) {
      put(values, what, names, masks);
    }
  }

  private static void put(
      Map<String, INDArray> values, String what, List<String> names, INDArray @Nullable [] arrays) {
    List<INDArray> there = arrays == null ? List.of() : Arrays.asList(arrays);
    if (there.size() != names.size()) {
      throw new IllegalArgumentException(
          "the data set has %d arrays of %s, but their placeholders are %s; name one placeholder per array"
              .formatted(there.size(), what, names));
    }
    for (int i = 0; i < there.size(); i++) {
      if (there.get(i) == null) {
        throw new IllegalArgumentException(
            "array %d of %s in the data set is null, but the graph needs a value for its placeholder %s; if nothing is masked, pass an array of ones"
                .formatted(i, what, names.get(i)));
      }
      values.put(names.get(i), there.get(i));
    }
  }
}
