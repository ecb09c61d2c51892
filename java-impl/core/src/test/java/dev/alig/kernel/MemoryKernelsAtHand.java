package dev.alig.kernel;

import java.util.ArrayList;
import java.util.List;

/** All kernels for off-heap memory that this JVM can run. */
final class MemoryKernelsAtHand {
  private MemoryKernelsAtHand() {}

  static List<MemoryKernels> all() {
    List<MemoryKernels> all = new ArrayList<>(List.of(new PortableKernels()));
    MemoryKernels best = KernelChoice.of("").kernels().orElseThrow();
    if (!(best instanceof PortableKernels)) {
      all.add(best);
    }
    return all;
  }
}
