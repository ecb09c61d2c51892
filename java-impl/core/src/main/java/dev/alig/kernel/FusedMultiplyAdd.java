package dev.alig.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Whether the processor multiplies and adds with one rounding; else the JDK takes BigDecimal. */
final class FusedMultiplyAdd {
  private static final String FLAG = "UseFMA";

  private FusedMultiplyAdd() {}

  /** Asks HotSpot; believes it of a JVM that cannot be asked. */
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
