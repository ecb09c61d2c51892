package dev.alig.conformance.matrix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GPUs of a machine.
 *
 * @param devices those that answer
 * @param problem why others may be missing; an empty text where nothing says so
 */
public record CudaDevices(List<CudaDevice> devices, String problem) {
  /** No GPU, and no reason to expect one. */
  public static final CudaDevices NONE = new CudaDevices(List.of(), "");

  private static final List<String> LIST =
      List.of("nvidia-smi", "--query-gpu=uuid,compute_cap,name", "--format=csv,noheader,nounits");

  private static final Pattern LINE =
      Pattern.compile("(?<uuid>[^,]+), *(?<major>\\d+)\\.(?<minor>\\d+), *(?<name>.+)");

  /** Copies the list. */
  public CudaDevices {
    devices = List.copyOf(devices);
  }

  /** The GPUs of this machine, which NVIDIA's driver lists. */
  public static CudaDevices here() {
    try {
      Command.Result listed = Command.run(LIST);
      return listed(listed.status(), listed.output());
    } catch (IOException withoutDriver) {
      return NONE;
    }
  }

  /**
   * The GPUs of a listing.
   *
   * @param status what {@code nvidia-smi} ended with
   * @param output what it printed: a line for each device, or why there is none
   */
  static CudaDevices listed(int status, String output) {
    List<CudaDevice> devices = new ArrayList<>();
    String problem = "";
    for (String line : output.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      Matcher parts = LINE.matcher(line);
      if (status == 0 && parts.matches()) {
        devices.add(
            new CudaDevice(
                parts.group("uuid").strip(),
                parts.group("name").strip(),
                Integer.parseInt(parts.group("major")),
                Integer.parseInt(parts.group("minor"))));
      } else if (problem.isEmpty()) {
        problem = "nvidia-smi says: " + line;
      }
    }
    return new CudaDevices(devices, problem);
  }

  /** The first device that a row can use; empty where {@link #lacking} says why. */
  Optional<CudaDevice> fitting(Row row) {
    return devices.stream().filter(device -> !row.needsNd4jCuda() || device.runsNd4j()).findFirst();
  }

  /** Why no device fits a row. */
  String lacking() {
    if (!devices.isEmpty()) {
      return devices.get(0).withoutNd4j();
    }
    return problem.isEmpty() ? "no CUDA device" : "no CUDA device; " + problem;
  }
}
