package dev.alig.conformance.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GPU, as {@code nvidia-smi} lists it.
 *
 * @param uuid what {@code CUDA_VISIBLE_DEVICES} takes
 * @param capability its compute capability, such as {@code 8.6}
 */
record Gpu(String uuid, String capability, String name) {
  private static final Pattern LINE =
      Pattern.compile("(GPU-[^,]+), *(\\d+\\.\\d+), *(.+)", Pattern.MULTILINE);

  /**
   * The first generation that ND4J does not run on. ND4J's library for CUDA 11.6 holds machine code
   * for 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, 8.0 and 8.6. Machine code runs only within its
   * generation. The library holds no PTX, which a driver could translate for other generations.
   */
  private static final double ND4J_BELOW = 9;

  /**
   * The GPUs of a machine.
   *
   * @param problem what {@code nvidia-smi} says if there are none, or an empty text
   */
  record All(List<Gpu> devices, String problem) {
    /** No GPU, and no reason to expect one. */
    static final All NONE = new All(List.of(), "");

    /** The first GPU that a row can use; if there is none, {@link #lacking} says why. */
    Optional<Gpu> fitting(Row row) {
      return devices.stream().filter(gpu -> !row.needsNd4jCuda() || gpu.runsNd4j()).findFirst();
    }

    /** Why no GPU fits a row. */
    String lacking() {
      return devices.isEmpty()
          ? "no CUDA device" + problem
          : "%s has compute capability %s; ND4J's CUDA 11.6 build has code up to 8.6"
              .formatted(devices.get(0).name, devices.get(0).capability);
    }
  }

  private boolean runsNd4j() {
    return Double.parseDouble(capability) < ND4J_BELOW;
  }

  /** The GPUs of this machine, as NVIDIA's driver lists them. */
  static All here() {
    Child.Answer listed =
        Child.ask(
            "nvidia-smi", "--query-gpu=uuid,compute_cap,name", "--format=csv,noheader,nounits");
    return listed.equals(Child.Answer.NONE) ? All.NONE : listed(listed.status(), listed.output());
  }

  /**
   * The GPUs that {@code nvidia-smi} lists.
   *
   * @param output one line per device, or why there is none
   */
  static All listed(int status, String output) {
    List<Gpu> devices = new ArrayList<>();
    Matcher line = LINE.matcher(output);
    while (status == 0 && line.find()) {
      devices.add(new Gpu(line.group(1), line.group(2), line.group(3).strip()));
    }
    String said = output.strip().lines().findFirst().orElse("nothing");
    return new All(List.copyOf(devices), devices.isEmpty() ? "; nvidia-smi says: " + said : "");
  }
}
