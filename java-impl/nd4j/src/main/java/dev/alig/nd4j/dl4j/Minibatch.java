package dev.alig.nd4j.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The training data of one iteration. */
final class Minibatch {
  private final @Nullable INDArray[] features;
  private final @Nullable INDArray[] labels;
  private final @Nullable INDArray @Nullable [] featureMasks;
  private final @Nullable INDArray @Nullable [] labelMasks;

  private Minibatch(
      @Nullable INDArray[] features,
      @Nullable INDArray[] labels,
      @Nullable INDArray @Nullable [] featureMasks,
      @Nullable INDArray @Nullable [] labelMasks) {
    this.features = features;
    this.labels = labels;
    this.featureMasks = featureMasks;
    this.labelMasks = labelMasks;
  }

  /** One array per input. */
  @Nullable INDArray[] features() {
    return features;
  }

  /** One array per output. */
  @Nullable INDArray[] labels() {
    return labels;
  }

  /** One array per input, null for an input without a mask; null if no input has a mask. */
  @Nullable INDArray @Nullable [] featureMasks() {
    return featureMasks;
  }

  /** One array per output, null for an output without a mask; null if no output has a mask. */
  @Nullable INDArray @Nullable [] labelMasks() {
    return labelMasks;
  }

  static Minibatch of(DataSet data) {
    return new Minibatch(
        new INDArray[] {data.getFeatures()},
        new INDArray[] {data.getLabels()},
        masks(data.getFeaturesMaskArray()),
        masks(data.getLabelsMaskArray()));
  }

  static Minibatch of(MultiDataSet data) {
    return new Minibatch(
        data.getFeatures(),
        data.getLabels(),
        data.getFeaturesMaskArrays(),
        data.getLabelsMaskArrays());
  }

  private static @Nullable INDArray @Nullable [] masks(@Nullable INDArray mask) {
    return mask == null ? null : new INDArray[] {mask};
  }

  /** The mask of a network with one input and one output, if there is one. */
  static @Nullable INDArray only(@Nullable INDArray @Nullable [] masks) {
    return masks == null ? null : masks[0];
  }

  /** A copy in DOUBLE. Integers, such as indices of words, keep their type. */
  Minibatch inDouble() {
    return map(
        array -> array.dataType().isFPType() ? array.castTo(DataType.DOUBLE).dup() : array.dup());
  }

  /** A copy that layers may write to. */
  Minibatch copy() {
    return map(INDArray::dup);
  }

  /**
   * The segments of DL4J's truncated back-propagation, in order. Series are cut; other arrays are
   * not.
   */
  List<Minibatch> segments(int length) {
    long time =
        Stream.concat(Arrays.stream(features), Arrays.stream(labels))
            .filter(array -> array != null && array.rank() == 3)
            .mapToLong(array -> array.size(2))
            .findFirst()
            .orElse(0);
    return LongStream.iterate(0, start -> start < time, start -> start + length)
        .mapToObj(start -> cut(start, Math.min(start + length, time)))
        .toList();
  }

  private Minibatch cut(long from, long to) {
    return new Minibatch(
        map(features, array -> array.rank() == 3 ? last(array, from, to) : array),
        map(labels, array -> array.rank() == 3 ? last(array, from, to) : array),
        featureMasks == null ? null : map(featureMasks, array -> last(array, from, to)),
        labelMasks == null ? null : map(labelMasks, array -> last(array, from, to)));
  }

  private static INDArray last(INDArray array, long from, long to) {
    return array.rank() == 3
        ? array.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup()
        : array.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to)).dup();
  }

  private Minibatch map(UnaryOperator<INDArray> operator) {
    return new Minibatch(
        map(features, operator),
        map(labels, operator),
        featureMasks == null ? null : map(featureMasks, operator),
        labelMasks == null ? null : map(labelMasks, operator));
  }

  private static @Nullable INDArray[] map(
      @Nullable INDArray[] arrays, UnaryOperator<INDArray> operator) {
    return Arrays.stream(arrays)
        .map(array -> array == null ? null : operator.apply(array))
        .toArray(INDArray[]::new);
  }
}
