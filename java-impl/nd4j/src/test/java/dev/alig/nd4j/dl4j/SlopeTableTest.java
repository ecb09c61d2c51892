package dev.alig.nd4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Every kind of layer, vertex, preprocessor, dropout, weight noise, loss and activation of DL4J,
 * and what it may be combined with, has the gradient of its loss, or is refused.
 *
 * <p>The slope is measured of each; the table of it all is left in target/slope-table.md.
 */
class SlopeTableTest {
  private static final List<Class<?>> FAMILIES =
      List.of(
          Layer.class,
          GraphVertex.class,
          InputPreProcessor.class,
          IDropout.class,
          IWeightNoise.class,
          ILossFunction.class,
          IActivation.class);

  private static final List<SlopeCase> CASES =
      Stream.of(
              LayerKinds.cases(),
              WrapperKinds.all(),
              FirstAndLastKinds.all(),
              OutputKinds.all(),
              VertexKinds.all(),
              PreprocessorKinds.all(),
              NoiseKinds.all(),
              LossKinds.all())
          .flatMap(List::stream)
          .toList();

  private static final Map<SlopeCase, String> TABLE =
      new TreeMap<>(
          java.util.Comparator.comparing(SlopeCase::toString)
              .thenComparing(System::identityHashCode));

  private static final Set<String> RIGHT = new TreeSet<>();
  private static final Set<String> NEED_CORRECTION = new TreeSet<>();

  static List<SlopeCase> cases() {
    return CASES;
  }

  private static Set<String> allKinds() {
    return FAMILIES.stream()
        .flatMap(family -> HostClasses.of(family).stream())
        .map(Class::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyKindOfTheHostIsInTheTable() {
    assertThat(Kinds.all().keySet()).containsExactlyInAnyOrderElementsOf(allKinds());
  }

  /** Each kind, and each with what it says that it is right with. */
  private static List<String> saidToBeRight() {
    return Kinds.all().entrySet().stream()
        .filter(kind -> kind.getValue().right())
        .flatMap(
            kind ->
                Stream.concat(
                    Stream.of(kind.getKey()),
                    kind.getValue().circumstances().stream()
                        .map(with -> kind.getKey() + " " + with.name().toLowerCase(Locale.ROOT))))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isRightOrRefused(SlopeCase measured) {
    String refusal = refusal(measured);
    String slope = slope(measured, SlopeMeasurement.Layers.CORRECTED);
    boolean right = slope.equals("right");
    String outcome = refusal.isEmpty() ? slope : "refused: " + refusal;
    if (right
        && refusal.isEmpty()
        && Kinds.of(measured.kind()).orElseThrow().corrected()
        && !NEED_CORRECTION.contains(measured.kind().getName())) {
      String uncorrected = slope(measured, SlopeMeasurement.Layers.AS_THEY_ARE);
      if (!uncorrected.equals("right")) {
        NEED_CORRECTION.add(measured.kind().getName());
        outcome = "corrected; DL4J's own: " + uncorrected;
      }
    }
    TABLE.put(measured, outcome);
    if (right) {
      RIGHT.add(measured.kind().getName());
      RIGHT.add(measured.kind().getName() + " " + measured.circumstance());
    }
    if (refusal.isEmpty()) {
      assertThat(slope)
          .satisfiesAnyOf(
              found -> assertThat(found).isEqualTo("right"),
              found -> assertThat(found).startsWith("DL4J throws"));
    } else {
      assertThat(slope).as("it is refused, and was found").isNotEqualTo("right");
    }
  }

  private static String refusal(SlopeCase measured) {
    SlopeCase.Trial trial;
    try {
      trial = measured.trial().get();
    } catch (RuntimeException e) {
      return "";
    }
    try {
      trial.attach();
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String slope(SlopeCase measured, SlopeMeasurement.Layers layers) {
    try {
      SlopeReport report = measured.measure(layers);
      return report.right() ? "right" : report.describe();
    } catch (RuntimeException e) {
      return "DL4J throws " + e.getClass().getSimpleName();
    }
  }

  @AfterAll
  static void writeTheTable() throws IOException {
    List<String> lines = new ArrayList<>(List.of("| kind | with | slope |", "|---|---|---|"));
    TABLE.forEach(
        (measured, outcome) ->
            lines.add(
                "| %s | %s | %s |"
                    .formatted(
                        measured.kind().getSimpleName(),
                        measured.circumstance(),
                        outcome.replaceAll("\\s+", " "))));
    Map<String, Long> counts =
        Kinds.all().values().stream()
            .collect(
                Collectors.groupingBy(
                    kind -> !kind.right() ? "refused" : kind.corrected() ? "corrected" : "right",
                    TreeMap::new,
                    Collectors.counting()));
    lines.add(
        0,
        String.format(
            Locale.ROOT,
            "%d kinds: %s. %d networks measured.%n",
            Kinds.all().size(),
            counts,
            TABLE.size()));
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "slope-table.md"), lines);
    if (TABLE.size() == CASES.size()) {
      assertThat(RIGHT).as("kinds found right, and with what").containsAll(saidToBeRight());
      assertThat(NEED_CORRECTION)
          .as("kinds that DL4J's own layers have wrong")
          .containsExactlyElementsOf(
              Kinds.all().entrySet().stream()
                  .filter(kind -> kind.getValue().corrected())
                  .map(Map.Entry::getKey)
                  .sorted()
                  .toList());
    }
  }
}
