package dev.alig.experiments.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
  private static final int RGB = 3;

  /**
   * What torch 2.15 counts in the models of oval-group/ali-g c40de14 (experiments/models); those of
   * WRN-40-4 and DN-40-40 round to the published 8.95 M and 1.90 M.
   */
  @ParameterizedTest
  @CsvSource({"WRN-16-4,2748890", "WRN-40-4,8949210", "DN-40-40,1901920"})
  void thePublishedNetworksHaveAsManyParametersAsPublished(String name, long count) {
    assertThat(Parameters.count(Network.of(name, 0, 10), RGB)).isEqualTo(count);
  }

  /** As torchvision publishes it. */
  @Test
  void resNet18HasAsManyParametersAsPublished() {
    assertThat(Parameters.count(Network.of("ResNet-18-64", 0, 1000), RGB)).isEqualTo(11_689_512);
  }

  @Test
  void theParametersOfAResNetAreCalledAndShapedAsInTorchvision() {
    List<Parameter> all = Parameters.withStatistics(new ResNet(18, 64, 1000), RGB);
    assertThat(all)
        .extracting(Parameter::name)
        .startsWith("conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean")
        .contains("layer1.1.bn2.weight", "layer4.0.downsample.1.running_var")
        .doesNotContain("layer1.0.downsample.0.weight", "layer2.1.downsample.0.weight")
        .endsWith("fc.weight", "fc.bias");
    assertThat(all.get(0).shape()).containsExactly(64, 3, 7, 7);
    assertThat(shape(all, "layer2.0.downsample.0.weight")).containsExactly(128, 64, 1, 1);
    assertThat(shape(all, "layer4.1.conv2.weight")).containsExactly(512, 512, 3, 3);
    double[] bias = Parameters.initial(new ResNet(10, 4, 3), RGB, 7).get("fc.bias");
    assertThat(bias).hasSize(3).doesNotContain(0);
    assertThat(Arrays.stream(bias)).allMatch(x -> Math.abs(x) <= 1 / Math.sqrt(32));
  }

  private static List<Integer> shape(List<Parameter> all, String name) {
    return all.stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .shape();
  }

  @Test
  void aWideNetworkHasAsManyAsItsFormulaSays() {
    long sum = 3L * 16 * 9;
    int inputs = 16;
    for (int outputs : new int[] {64, 128, 256}) {
      sum += block(inputs, outputs) + (long) inputs * outputs + 5L * block(outputs, outputs);
      inputs = outputs;
    }
    sum += 2 * 256 + 256 * 10 + 10;
    assertThat(Parameters.count(new WideResNet(40, 4, 0, 10), RGB)).isEqualTo(sum);
  }

  private static long block(int inputs, int outputs) {
    return 9L * inputs * outputs + 9L * outputs * outputs + 2L * inputs + 2L * outputs;
  }

  @Test
  void aDenseNetworkHasAsManyAsItsFormulaSays() {
    long sum = 3L * 80 * 9;
    int channels = 80;
    for (int block = 0; block < 3; block++) {
      for (int layer = 0; layer < 6; layer++) {
        sum += 2L * channels + channels * 160L + 2 * 160 + 160 * 40 * 9;
        channels += 40;
      }
      if (block < 2) {
        sum += 2L * channels + (long) channels * (channels / 2);
        channels /= 2;
      }
    }
    sum += 2L * channels + channels * 10L;
    assertThat(Parameters.count(DenseNet.bottlenecks(40, 40, 10), RGB)).isEqualTo(sum);
  }

  @Test
  void parametersAreCalledAndShapedAsInPyTorch() {
    List<Parameter> all = Parameters.of(new WideResNet(10, 2, 0, 10), RGB);
    assertThat(all)
        .extracting(Parameter::name)
        .startsWith("conv1.weight", "block1.layer.0.bn1.weight", "block1.layer.0.bn1.bias")
        .contains("block1.layer.0.convShortcut.weight")
        .endsWith("bn1.weight", "bn1.bias", "fc.weight", "fc.bias");
    assertThat(all.get(0).shape()).containsExactly(16, 3, 3, 3);
    assertThat(all.get(all.size() - 2).shape()).containsExactly(10, 128);
  }

  /**
   * Of n draws the mean is off by σ/√n, and the deviation by about σ/√(2n); six times that happens
   * once in 10⁹ seeds.
   */
  @Test
  void convolutionsStartAsTheAuthorsDraw() {
    WideResNet network = new WideResNet(10, 4, 0, 10);
    Map<String, double[]> initial = Parameters.initial(network, RGB, 7);
    double[] drawn = initial.getOrDefault("block3.layer.0.conv2.weight", new double[0]);
    double expected = Math.sqrt(2.0 / (9 * 256));
    double mean = Arrays.stream(drawn).average().orElseThrow();
    double squares = Arrays.stream(drawn).map(x -> x * x).average().orElseThrow();
    assertThat(drawn).hasSize(9 * 256 * 256);
    assertThat(Math.abs(mean)).isLessThan(6 * expected / Math.sqrt(drawn.length));
    assertThat(Math.abs(Math.sqrt(squares) / expected - 1))
        .isLessThan(6 / Math.sqrt(2.0 * drawn.length));
    assertThat(initial.get("fc.bias")).containsOnly(0);
    assertThat(Arrays.stream(initial.getOrDefault("fc.weight", new double[] {1})))
        .allMatch(x -> Math.abs(x) <= 1.0 / 16);
    assertThat(initial.get("bn1.weight")).containsOnly(1);
    assertThat(initial.get("bn1.running_mean")).containsOnly(0);
    assertThat(initial.get("bn1.running_var")).containsOnly(1);
  }

  @Test
  void theSeedSettlesTheStart() {
    WideResNet network = new WideResNet(10, 1, 0, 10);
    double[] first = Parameters.initial(network, RGB, 1).get("conv1.weight");
    assertThat(Parameters.initial(network, RGB, 1).get("conv1.weight")).isEqualTo(first);
    assertThat(Parameters.initial(network, RGB, 2).get("conv1.weight")).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "WRN-40,WRN-depth-width",
    "ResNet-18,was ResNet-18",
    "ResNet-12-1,depth must be 10",
    "ResNet-18-0,width must be >= 1",
    "WRN-12-1,depth must be 10",
    "WRN-4-1,depth must be 10",
    "WRN-10-0,width must be >= 1",
    "DN-11-4,depth must be 10",
    "DN-10-0,growth must be >= 1"
  })
  void otherNetworksAreRefused(String name, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(name, 0, 10))
        .withMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({"WRN-10-1,NaN", "WRN-10-1,1", "WRN-10-1,-0.1", "DN-10-4,0.1", "ResNet-10-4,0.1"})
  void otherRatesOfDropoutAreRefused(String name, double dropout) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(name, dropout, 10))
        .withMessageContaining("dropout must be")
        .withMessageContaining(String.valueOf(dropout));
  }
}
