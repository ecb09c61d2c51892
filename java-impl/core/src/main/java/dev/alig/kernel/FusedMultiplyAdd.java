package dev.alig.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Whether the processor has a fused multiply-add. Without one, {@code Math.fma} uses BigDecimal and
 * is very slow.
 */
final class FusedMultiplyAdd {
  private static final String FLAG = "UseFMA";

  private FusedMultiplyAdd() {}

  /** Reads HotSpot's flag; true on a JVM that has no such flag. */
  static boolean isInHardware() {
    try {
      HotSpotDiagnosticMXBean hotSpot =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return Boolean.parseBoolean(hotSpot.getVMOption(FLAG).getValue());
    } catch (RuntimeException | LinkageError e) {
      return true;
    }
  }
}
