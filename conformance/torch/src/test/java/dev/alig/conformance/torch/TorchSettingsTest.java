package dev.alig.conformance.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchSettingsTest {
  private static Properties with(String name, String value) {
    Properties properties = new Properties();
    properties.setProperty(name, value);
    return properties;
  }

  @Test
  void whatIsUnsetOrEmptyHasItsDefault() {
    assertThat(TorchSettings.from(new Properties())).isEqualTo(TorchSettings.DEFAULT);
    assertThat(TorchSettings.from(with("torch.device", " "))).isEqualTo(TorchSettings.DEFAULT);
  }

  @Test
  void propertiesSayTheSettings() {
    Properties properties = with("torch.device", "cuda");
    properties.setProperty("torch.threads", "3");
    properties.setProperty("torch.onednn", "false");
    assertThat(TorchSettings.from(properties)).isEqualTo(new TorchSettings(Device.CUDA, 3, false));
  }

  @ParameterizedTest
  @CsvSource({
    "torch.device, tpu, 'one of [cpu, cuda], was tpu'",
    "torch.threads, 0, 'torch.threads must be > 0, was 0'",
    "torch.threads, two, torch.threads must be a whole number",
    "torch.onednn, no, 'torch.onednn must be true or false, was no'",
  })
  void aMalformedValueIsNamed(String name, String value, String message) {
    assertThatThrownBy(() -> TorchSettings.from(with(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
