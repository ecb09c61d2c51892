package dev.alig.nd4j.dl4j;

import dev.alig.nd4j.dl4j.Kinds.Circumstance;
import dev.alig.nd4j.dl4j.Kinds.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;

/**
 * Checks that the gradient of each part of a network has been measured: by this project for the
 * kind of part, or by the user for this configuration.
 */
final class GradientChecks {
  /** The user's measurements in this program, by the text of the configuration. */
  private static final Map<String, SlopeReport> REPORTS = new ConcurrentHashMap<>();

  private static final String CONSEQUENCE =
      ", and ALI-G's step size, loss / ‖gradient‖², needs the gradient of that loss";

  private GradientChecks() {}

  /** Stores the measurement of a configuration. */
  static void remember(Network network, SlopeReport report) {
    REPORTS.put(new ConfigurationParts(network.configuration()).text(), report);
  }

  /** Throws if the gradient of a part is wrong or has not been measured. */
  static void require(Network network) {
    ConfigurationParts configuration = new ConfigurationParts(network.configuration());
    for (Object part : configuration.parts()) {
      requireRight(part);
      requireRightTogether(part, network.isTruncated());
    }
    configuration.parts().stream()
        .filter(part -> Kinds.of(part.getClass()).isEmpty())
        .findFirst()
        .ifPresent(part -> requireVerified(part, configuration.text()));
  }

  private static void requireRight(Object part) {
    Optional<Kind> kind = Kinds.of(part.getClass());
    if (kind.isPresent() && !kind.get().right()) {
      String why = kind.get().why();
      throw new IllegalArgumentException(
          describe(part)
              + " "
              + (why.contains("gradient") ? why.replaceFirst("; ", CONSEQUENCE + "; ") : why));
    }
    if (part instanceof WeightNoise noise && !noise.isAdditive()) {
      throw new IllegalArgumentException(
          "the weight noise "
              + noise
              + " multiplies the weights, and DL4J's gradient leaves out that factor"
              + CONSEQUENCE
              + "; use dropOut, or additive noise");
    }
    if (part instanceof RnnLossLayer layer && layer.getRnnDataFormat() == RNNFormat.NWC) {
      throw new IllegalArgumentException(
          describe(part)
              + " with the format NWC computes its score from its input instead of its labels"
              + CONSEQUENCE
              + "; use NCW, or RnnOutputLayer");
    }
  }

  private static void requireRightTogether(Object part, boolean truncated) {
    if (part instanceof Layer layer && layer.getIDropout() != null) {
      requireCircumstance(
          layer,
          Circumstance.DROPOUT,
          "has a wrong gradient in DL4J if it has dropout",
          "put a DropoutLayer before it");
    }
    if (truncated && part instanceof BaseRecurrentLayer layer) {
      requireCircumstance(
          layer,
          Circumstance.SEGMENTS,
          "has a wrong gradient in DL4J with truncated back-propagation: the gradient starts each"
              + " segment from no state, and the score starts it from the previous segment's state",
          "use LSTM, or train on whole series");
    }
    if (part instanceof FrozenLayerWithBackprop frozen) {
      requireFreezable(frozen.getUnderlying());
    }
  }

  private static void requireFreezable(Layer layer) {
    String what =
        "inside FrozenLayerWithBackprop computes its score as in inference, and its gradient as in"
            + " training";
    String instead = "leave it unfrozen, or freeze it without dropout and noise";
    requireCircumstance(layer, Circumstance.FROZEN, what, instead);
    boolean noise = layer instanceof BaseLayer base && base.getWeightNoise() != null;
    if (noise || layer.getIDropout() != null) {
      throw new IllegalArgumentException(
          describe(layer) + " with dropout or noise " + what + CONSEQUENCE + "; " + instead);
    }
    if (layer instanceof BaseWrapperLayer wrapper) {
      requireFreezable(wrapper.getUnderlying());
    }
  }

  private static void requireCircumstance(
      Layer layer, Circumstance circumstance, String what, String instead) {
    Optional<Kind> kind = Kinds.of(layer.getClass());
    if (kind.isPresent() && !kind.get().circumstances().contains(circumstance)) {
      throw new IllegalArgumentException(
          describe(layer) + " " + what + CONSEQUENCE + "; " + instead);
    }
  }

  private static void requireVerified(Object part, String configuration) {
    SlopeReport report = REPORTS.get(configuration);
    if (report != null && report.right()) {
      return;
    }
    throw new IllegalArgumentException(
        describe(part)
            + (report == null
                ? " is not known to ALI-G, so its gradient may not be that of the loss"
                : " is not known to ALI-G, and verifySlope found the gradient wrong: "
                    + report.describe())
            + CONSEQUENCE
            + "; correct its gradient if it is wrong, and call AliGTraining.verifySlope(network, data)"
            + " before attach, for each configuration and in each program");
  }

  private static String describe(Object part) {
    String type = part.getClass().getName();
    String name = type.substring(type.lastIndexOf('.') + 1);
    return part instanceof Layer layer
        ? "layer \"" + layer.getLayerName() + "\", a " + name + ","
        : name;
  }
}
