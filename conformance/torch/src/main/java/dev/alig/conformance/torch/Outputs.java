package dev.alig.conformance.torch;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.oracle.OracleException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The memory that the oracle writes to, prepared so that missing and excess writes show.
 *
 * <p>Every number is poisoned: all its bits are set. That is a NaN that arithmetic does not
 * produce: a NaN that the processor creates has no payload, and any other carries an operand's
 * payload. Guard bytes follow each case and must not change.
 */
final class Outputs {
  static final byte POISON = (byte) 0xFF;
  private static final byte GUARD = (byte) 0xA5;

  /** A cache line: an overrun is usually an element or a vector register long. */
  static final int GUARD_BYTES = 64;

  private static final int FLOAT_PAYLOAD = 0x003F_FFFF;
  private static final long DOUBLE_PAYLOAD = 0x0007_FFFF_FFFF_FFFFL;

  private Outputs() {}

  /** The bytes of a case with its guard. */
  static int bytes(StepCase scripted) {
    return Packing.outputBytes(scripted) + GUARD_BYTES;
  }

  /** Poisons the numbers of a case that starts at {@code out}, and sets its guard. */
  static void prepare(StepCase scripted, ByteBuffer outputs, int out) {
    byte[] all = new byte[bytes(scripted)];
    Arrays.fill(all, POISON);
    Arrays.fill(all, all.length - GUARD_BYTES, all.length, GUARD);
    outputs.put(out, all);
  }

  /**
   * Checks what Python wrote for a case that starts at {@code out}.
   *
   * @param states how many states Python claims to have written
   * @throws OracleException if a number of these states was not written, or if the guard was
   *     written to
   */
  static void check(StepCase scripted, ByteBuffer outputs, int out, int states) {
    int end = out + Packing.outputBytes(scripted);
    for (int b = end; b < end + GUARD_BYTES; b++) {
      if (outputs.get(b) != GUARD) {
        throw OracleException.corrupted(
            "byte %d beyond the end of case %s was written to".formatted(b - end, scripted.id()));
      }
    }
    if (mayHoldPoison(scripted)) {
      return;
    }
    int size = Packing.stateElements(scripted);
    for (int e = 0; e < states * size; e++) {
      if (isPoison(scripted.dtype(), outputs, out + e * scripted.dtype().bytes())) {
        throw OracleException.corrupted(
            "number %d of the state %s of case %s was left unwritten"
                .formatted(e % size, name(e / size), scripted.id()));
      }
    }
  }

  private static String name(int state) {
    return state == 0 ? "after construction" : "after step " + (state - 1);
  }

  static boolean isPoison(DType dtype, ByteBuffer outputs, int position) {
    return dtype == DType.FLOAT ? outputs.getInt(position) == -1 : outputs.getLong(position) == -1L;
  }

  /** Whether an input is a NaN that becomes the poison if it is quieted or negated. */
  private static boolean mayHoldPoison(StepCase scripted) {
    return Packing.inputs(scripted).anyMatch(tensor -> mayBecomePoison(tensor, scripted.dtype()));
  }

  private static boolean mayBecomePoison(Tensor tensor, DType dtype) {
    return Arrays.stream(tensor.toArray())
        .anyMatch(value -> Double.isNaN(value) && hasFullPayload(value, dtype));
  }

  private static boolean hasFullPayload(double nan, DType dtype) {
    return dtype == DType.FLOAT
        ? (Elements.narrow(nan) & FLOAT_PAYLOAD) == FLOAT_PAYLOAD
        : (Double.doubleToRawLongBits(nan) & DOUBLE_PAYLOAD) == DOUBLE_PAYLOAD;
  }
}
