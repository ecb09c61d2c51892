package dev.alig.kernel;

import java.lang.invoke.MethodHandle;

/** Copies elements between addresses and Java arrays, by {@link TransferHandles}. */
final class Transfer {
  // Constants, so that HotSpot compiles the handles like direct calls.
  private static final TransferHandles HANDLES = TransferHandles.find();
  private static final MethodHandle FLOATS_IN = HANDLES.floatsIn();
  private static final MethodHandle FLOATS_OUT = HANDLES.floatsOut();
  private static final MethodHandle DOUBLES_IN = HANDLES.doublesIn();
  private static final MethodHandle DOUBLES_OUT = HANDLES.doublesOut();

  private Transfer() {}

  /** Whether this JVM gives access to off-heap memory. */
  static boolean isPossible() {
    return HANDLES.isPresent();
  }

  /** The name of the means, for a description. */
  static String means() {
    return HANDLES.means();
  }

  static void in(long from, float[] to, int length) {
    try {
      FLOATS_IN.invokeExact(from, (Object) to, length);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static void out(float[] from, long to, int length) {
    try {
      FLOATS_OUT.invokeExact((Object) from, to, length);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static void in(long from, double[] to, int length) {
    try {
      DOUBLES_IN.invokeExact(from, (Object) to, length);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static void out(double[] from, long to, int length) {
    try {
      DOUBLES_OUT.invokeExact((Object) from, to, length);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static AssertionError failed(Throwable e) {
    return new AssertionError("copying between off-heap memory and the heap failed", e);
  }
}
