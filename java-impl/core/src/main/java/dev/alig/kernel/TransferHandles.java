package dev.alig.kernel;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.Objects;

/**
 * Method handles that copy between addresses and Java arrays, by the means that the running JDK
 * offers. Their signatures are in(long from, Object to, int length) and out(Object from, long to,
 * int length), with lengths in elements.
 *
 * <p>The means are found by name: JDK 17 has no java.lang.foreign, and later JDKs remove Unsafe.
 */
record TransferHandles(
    String means,
    MethodHandle floatsIn,
    MethodHandle floatsOut,
    MethodHandle doublesIn,
    MethodHandle doublesOut) {
  /** From this JDK on, use of Unsafe prints a warning. */
  private static final int UNSAFE_WARNS = 24;

  private static final String NONE = "none";

  boolean isPresent() {
    return !means.equals(NONE);
  }

  /**
   * Handles of the best means. If there is none, {@link #isPresent} is false and the handles do
   * nothing.
   */
  static TransferHandles find() {
    boolean foreignFirst = Runtime.version().feature() >= UNSAFE_WARNS;
    try {
      return (foreignFirst ? foreign() : unsafe()).tried();
    } catch (ReflectiveOperationException | RuntimeException first) {
      try {
        return (foreignFirst ? unsafe() : foreign()).tried();
      } catch (ReflectiveOperationException | RuntimeException second) {
        return none();
      }
    }
  }

  /** Copies zero elements, because the command line may deny access to means that exist. */
  private TransferHandles tried() {
    try {
      floatsIn.invoke(0L, new float[1], 0);
      doublesOut.invoke(new double[1], 0L, 0);
      return this;
    } catch (Throwable e) {
      throw new IllegalStateException(means + " is denied", e);
    }
  }

  static TransferHandles unsafe() throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    Object unsafe = field.get(null);
    MethodHandle copy =
        MethodHandles.lookup()
            .findVirtual(
                type,
                "copyMemory",
                methodType(
                    void.class, Object.class, long.class, Object.class, long.class, long.class))
            .bindTo(unsafe);
    long floats = type.getField("ARRAY_FLOAT_BASE_OFFSET").getInt(null);
    long doubles = type.getField("ARRAY_DOUBLE_BASE_OFFSET").getInt(null);
    return new TransferHandles(
        "sun.misc.Unsafe",
        unsafeIn(copy, floats, Float.BYTES),
        unsafeOut(copy, floats, Float.BYTES),
        unsafeIn(copy, doubles, Double.BYTES),
        unsafeOut(copy, doubles, Double.BYTES));
  }

  /** copyMemory(null, from, to, base, bytes). */
  private static MethodHandle unsafeIn(MethodHandle copy, long base, int bytes)
      throws ReflectiveOperationException {
    MethodHandle toArray = MethodHandles.insertArguments(copy, 3, base);
    MethodHandle fromAddress = MethodHandles.insertArguments(toArray, 0, (Object) null);
    return MethodHandles.filterArguments(fromAddress, 2, toBytes(bytes));
  }

  /** copyMemory(from, base, null, to, bytes). */
  private static MethodHandle unsafeOut(MethodHandle copy, long base, int bytes)
      throws ReflectiveOperationException {
    MethodHandle fromArray = MethodHandles.insertArguments(copy, 1, base, null);
    return MethodHandles.filterArguments(fromArray, 2, toBytes(bytes));
  }

  private static MethodHandle toBytes(long bytesEach) throws ReflectiveOperationException {
    MethodHandle multiply =
        MethodHandles.lookup()
            .findStatic(Math.class, "multiplyExact", methodType(long.class, long.class, int.class));
    return MethodHandles.insertArguments(multiply, 0, bytesEach);
  }

  static TransferHandles foreign() throws ReflectiveOperationException {
    Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
    Class<?> layout = Class.forName("java.lang.foreign.ValueLayout");
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle reinterpret =
        lookup.findVirtual(segment, "reinterpret", methodType(segment, long.class));
    Object memory = all(reinterpret, Objects.requireNonNull(segment.getField("NULL").get(null)));
    MethodHandle in =
        lookup.findStatic(
            segment,
            "copy",
            methodType(
                void.class, segment, layout, long.class, Object.class, int.class, int.class));
    MethodHandle out =
        lookup.findStatic(
            segment,
            "copy",
            methodType(
                void.class, Object.class, int.class, segment, layout, long.class, int.class));
    Object floats = Objects.requireNonNull(layout.getField("JAVA_FLOAT_UNALIGNED").get(null));
    Object doubles = Objects.requireNonNull(layout.getField("JAVA_DOUBLE_UNALIGNED").get(null));
    return new TransferHandles(
        "java.lang.foreign",
        foreignIn(in, memory, floats),
        foreignOut(out, memory, floats),
        foreignIn(in, memory, doubles),
        foreignOut(out, memory, doubles));
  }

  /** The memory of the process as one segment. */
  private static Object all(MethodHandle reinterpret, Object nothing) {
    try {
      return reinterpret.invoke(nothing, Long.MAX_VALUE);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("no access to memory", e);
    }
  }

  /** copy(memory, layout, from, to, 0, length). */
  private static MethodHandle foreignIn(MethodHandle copy, Object memory, Object layout) {
    return MethodHandles.insertArguments(
        MethodHandles.insertArguments(copy, 4, 0), 0, memory, layout);
  }

  /** copy(from, 0, memory, layout, to, length). */
  private static MethodHandle foreignOut(MethodHandle copy, Object memory, Object layout) {
    return MethodHandles.insertArguments(copy, 1, 0, memory, layout);
  }

  private static TransferHandles none() {
    MethodHandle in =
        MethodHandles.empty(methodType(void.class, long.class, Object.class, int.class));
    MethodHandle out =
        MethodHandles.empty(methodType(void.class, Object.class, long.class, int.class));
    return new TransferHandles(NONE, in, out, in, out);
  }
}
