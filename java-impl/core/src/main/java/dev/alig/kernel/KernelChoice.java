package dev.alig.kernel;

import java.util.Optional;

/**
 * Which kernels for off-heap memory this JVM gets, and why.
 *
 * @param kernels the kernels; none where data must be copied to Java arrays as a whole
 * @param why what stands against better ones, or who chose these; empty if nothing is to be said
 */
record KernelChoice(Optional<MemoryKernels> kernels, String why) {
  /** Names kernels: {@code vector}, {@code portable} or {@code heap}. */
  static final String KERNEL_PROPERTY = "alig.kernel";

  static final String HEAP = "heap";

  private static final String VECTOR_CLASS = "dev.alig.kernel.VectorKernels";
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final int VECTOR_JDK = 22;

  /** The best kernels there are; those asked for, if there are. */
  static KernelChoice of(String asked) {
    return switch (asked) {
      case "", "vector" -> vector();
      case PortableKernels.NAME -> portable("asked for");
      case HEAP -> new KernelChoice(Optional.empty(), "asked for");
      default -> {
        KernelChoice best = vector();
        String unknown = "-D" + KERNEL_PROPERTY + "=" + asked + " names no kernel";
        yield new KernelChoice(
            best.kernels, best.why.isEmpty() ? unknown : unknown + "; " + best.why);
      }
    };
  }

  private static KernelChoice vector() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return portable("no vector kernel without --add-modules " + VECTOR_MODULE);
    }
    int jdk = Runtime.version().feature();
    if (jdk < VECTOR_JDK) {
      return portable("no vector kernel on JDK " + jdk + ", only from " + VECTOR_JDK + " on");
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

  /** Name, technique and reason in a line. */
  String describe() {
    String what =
        kernels.map(k -> k.name() + ": " + k.description()).orElse(HEAP + ": all data copied");
    return why.isEmpty() ? what : what + " (" + why + ")";
  }
}
