package dev.alig.conformance.oracle;

import dev.alig.conformance.DType;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The memory that the oracle writes to, prepared so that what it leaves out and what it writes too
 * much can be seen.
 *
 * <p>Every number is poisoned with all bits set, a NaN that arithmetic does not make: a processor's
 * own NaN has no payload, and others carry that of an operand. Each case is followed by guard
 * bytes, which must stay as they are.
 */
final class Outputs {
  static final byte POISON = (byte) 0xFF;
  private static final byte GUARD = (byte) 0xA5;

  /** A cache line: what runs over usually does so by an element or a vector register. */
  static final int GUARD_BYTES = 64;

  private static final int FLOAT_PAYLOAD = 0x003F_FFFF;
  private static final long DOUBLE_PAYLOAD = 0x0007_FFFF_FFFF_FFFFL;

  private Outputs() {}

  /** The bytes of a case with its guard. */
  static int bytes(Scripted scripted) {
    return Packing.outputBytes(scripted) + GUARD_BYTES;
  }

  /** Poisons the numbers of a case that starts at {@code out}, and sets its guard. */
  static void prepare(Scripted scripted, ByteBuffer outputs, int out) {
    byte[] all = new byte[bytes(scripted)];
    Arrays.fill(all, POISON);
    Arrays.fill(all, all.length - GUARD_BYTES, all.length, GUARD);
    outputs.put(out, all);
  }

  /**
   * Checks what Python left of a case that starts at {@code out}.
   *
   * @param states how many states it claims to have written
   * @throws OracleException if one of them has holes, or the guard has been written to
   */
  static void check(Scripted scripted, ByteBuffer outputs, int out, int states) {
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

  /** Whether an input is a NaN that becomes the poison once quieted or negated. */
  private static boolean mayHoldPoison(Scripted scripted) {
    Stream<Tensor> initial = scripted.groups().stream().flatMap(g -> g.parameters().stream());
    Stream<Tensor> resumed = scripted.resumed().stream().flatMap(Outputs::tensors);
    Stream<Tensor> gradients =
        scripted.steps().stream().map(Step::gradients).flatMap(Outputs::present);
    return Stream.of(initial, resumed, gradients)
        .flatMap(tensors -> tensors)
        .anyMatch(tensor -> mayBecomePoison(tensor, scripted.dtype()));
  }

  private static Stream<Tensor> tensors(State state) {
    return Stream.concat(
        state.parameters().stream().flatMap(List::stream), present(state.buffers()));
  }

  private static Stream<Tensor> present(List<List<Optional<Tensor>>> groups) {
    return groups.stream().flatMap(List::stream).flatMap(Optional::stream);
  }

  private static boolean mayBecomePoison(Tensor tensor, DType dtype) {
    for (int e = 0; e < tensor.size(); e++) {
      double value = tensor.get(e);
      if (Double.isNaN(value) && hasFullPayload(value, dtype)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasFullPayload(double nan, DType dtype) {
    return dtype == DType.FLOAT
        ? (RawCast.narrow(nan) & FLOAT_PAYLOAD) == FLOAT_PAYLOAD
        : (Double.doubleToRawLongBits(nan) & DOUBLE_PAYLOAD) == DOUBLE_PAYLOAD;
  }
}
