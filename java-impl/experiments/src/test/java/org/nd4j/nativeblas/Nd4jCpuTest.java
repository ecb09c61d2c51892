package org.nd4j.nativeblas;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Nd4jCpuTest {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  @AfterEach
  void clear() {
    System.clearProperty(EXTENSION);
  }

  /** Deeplearning4j must find the class, or its answer is always no. */
  @Test
  void deeplearning4jUsesOneDnnIfItsBuildIsLoaded() {
    assertThat(BaseMKLDNNHelper.mklDnnEnabled()).isFalse();
    System.setProperty(EXTENSION, "-onednn-avx2");
    assertThat(BaseMKLDNNHelper.mklDnnEnabled()).isTrue();
    System.setProperty(EXTENSION, "-avx2");
    assertThat(BaseMKLDNNHelper.mklDnnEnabled()).isFalse();
  }
}
