package dev.alig.conformance.defects;

import java.util.List;
import java.util.stream.Stream;

/** The part of the catalogue that is written in Java. */
public final class JavaDefects {
  private JavaDefects() {}

  /** The sound optimizer that the others are derived from. */
  public static Defect control() {
    return Defect.of("sound", "nothing", PlainRun::new);
  }

  /** The defective ones. */
  public static List<Defect> all() {
    return Stream.of(
            StepSizeDefects.all(),
            NormDefects.all(),
            CapDefects.all(),
            UpdateDefects.all(),
            MomentumDefects.all(),
            BufferDefects.all(),
            ProjectionDefects.all(),
            SpecialValueDefects.all(),
            PrecisionDefects.all(),
            StateDefects.all())
        .flatMap(List::stream)
        .toList();
  }
}
