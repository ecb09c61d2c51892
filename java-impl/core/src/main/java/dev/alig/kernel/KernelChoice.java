package dev.alig.kernel;

import java.util.Optional;

/**
 * The kernels for off-heap memory that this JVM uses, and why.
 *
 * @param kernels the kernels; empty if all data must be copied to Java arrays
 * @param why why these are used and no better ones; empty if they are the best
 */
record KernelChoice(Optional<MemoryKernels> kernels, String why) {
  /** The system property that chooses kernels: {@code vector}, {@code portable} or {@code heap}. */
  static final String KERNEL_PROPERTY = "alig.kernel";

  static final String HEAP = "heap";

  private static final String ASKED_FOR = "chosen with -D" + KERNEL_PROPERTY;

  static final String VECTOR = "vector";

  private static final String VECTOR_CLASS = "dev.alig.kernel.VectorKernels";
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final int VECTOR_JDK = 22;

  /** The kernels of the given name if this JVM can run them, else the best that it can run. */
  static KernelChoice of(String asked) {
    return switch (asked) {
      case "", VECTOR -> vector();
      case PortableKernels.NAME -> portable(ASKED_FOR);
      case HEAP -> new KernelChoice(Optional.empty(), ASKED_FOR);
      default -> {
        KernelChoice best = vector();
        String unknown =
            "-D" + KERNEL_PROPERTY + "=" + asked + " names no kernel; use vector, portable or heap";
        yield new KernelChoice(
            best.kernels, best.why.isEmpty() ? unknown : unknown + "; " + best.why);
      }
    };
  }

  private static KernelChoice vector() {
    int jdk = Runtime.version().feature();
    if (jdk < VECTOR_JDK) {
      return portable("no vector kernel on JDK " + jdk + ": it needs JDK " + VECTOR_JDK);
    }
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return portable("no vector kernel without --add-modules " + VECTOR_MODULE);
    }
    try {
      Object kernels = Class.forName(VECTOR_CLASS).getDeclaredConstructor().newInstance();
      return new KernelChoice(Optional.of((MemoryKernels) kernels), "");
    } catch (ClassNotFoundException e) {
      return portable("no vector kernel in a jar that was built on a JDK before " + VECTOR_JDK);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return portable("no vector kernel: " + rootOf(e));
    }
  }

  private static KernelChoice portable(String why) {
    if (Transfer.isPossible()) {
      return new KernelChoice(Optional.of(new PortableKernels()), why);
    }
    return new KernelChoice(Optional.empty(), why + "; no access to off-heap memory");
  }

  private static Throwable rootOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** The kernels' name. */
  String name() {
    return kernels.map(MemoryKernels::name).orElse(HEAP);
  }

  /** Name, technique and reason in one line. */
  String describe() {
    String what =
        kernels
            .map(k -> k.name() + ": " + k.description())
            .orElse(HEAP + ": all data copied to Java arrays");
    return why.isEmpty() ? what : what + " (" + why + ")";
  }
}
