package dev.alig.conformance.torch;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.Properties;
import org.apiguardian.api.API;

/**
 * How torch computes.
 *
 * @param device where the tensors lie
 * @param threads how many threads an operation may use on the CPU
 * @param oneDnn whether convolutions and LSTMs may use oneDNN in place of torch's own code
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record TorchSettings(Device device, int threads, boolean oneDnn) {
  /** One thread of the CPU, unless the user chooses. */
  public static final TorchSettings DEFAULT = new TorchSettings(Device.CPU, 1, true);

  /** The system property of {@link #device}. */
  public static final String DEVICE = "torch.device";

  /** The system property of {@link #threads}. */
  public static final String THREADS = "torch.threads";

  /** The system property of {@link #oneDnn}. */
  public static final String ONE_DNN = "torch.onednn";

  /** Checks the number of threads. */
  public TorchSettings {
    if (threads < 1) {
      throw new IllegalArgumentException(THREADS + " must be > 0, was " + threads);
    }
  }

  /**
   * Settings from system properties; those unset or empty have their defaults.
   *
   * @throws IllegalArgumentException if a property is malformed; the message names it
   */
  public static TorchSettings from(Properties properties) {
    return new TorchSettings(
        Device.of(given(properties, DEVICE, DEFAULT.device.word())),
        number(given(properties, THREADS, Integer.toString(DEFAULT.threads))),
        truth(given(properties, ONE_DNN, Boolean.toString(DEFAULT.oneDnn))));
  }

  private static String given(Properties properties, String name, String otherwise) {
    String text = properties.getProperty(name, "").strip();
    return text.isEmpty() ? otherwise : text;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(THREADS + " must be a whole number, was " + text, e);
    }
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(ONE_DNN + " must be true or false, was " + text);
    };
  }
}
