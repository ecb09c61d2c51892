package dev.alig.benchmark.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.alig.benchmark.race.Race;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Whether the contenders of a race fit into this machine at the same time. */
final class Memory {
  private static final double SHARE = 0.8;
  private static final double GIB = 1L << 30;

  private Memory() {}

  /**
   * Does nothing if all races fit.
   *
   * @throws IllegalArgumentException if one does not
   */
  static void requireFor(List<Race> races) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    requireFor(races, system.getTotalMemorySize());
  }

  static void requireFor(List<Race> races, long machine) {
    for (Race race : races) {
      if (race.bytes() > SHARE * machine) {
        throw new IllegalArgumentException(
            "n=%d with %d contenders needs some %.1f GiB, and this machine has %.1f;"
                    .formatted(
                        race.setting().n(),
                        race.contenders().size(),
                        race.bytes() / GIB,
                        machine / GIB)
                + " name fewer with --only");
      }
    }
  }
}
