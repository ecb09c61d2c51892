package dev.alig.conformance.oracle;

import dev.alig.conformance.DType;
import dev.alig.conformance.Group;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.State;
import dev.alig.conformance.Step;
import dev.alig.conformance.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a case's tensors into memory that Python shares, and reads its answers from there.
 *
 * <p>What is preserved: every bit of a FLOAT that stands in a tensor as {@link RawCast#widen} gives
 * it, and every bit of a DOUBLE: the sign of a zero, denormals, and of a NaN the sign, the payload
 * and whether it signals. (A tensor's doubles are copied but never computed with, which keeps them
 * on the processors that the JVM has 64-bit registers on.) Settings, losses and step sizes travel
 * as JSON numbers: finite doubles and infinities exactly, a NaN without sign and payload.
 */
final class Packing {
  /** Every case starts at a multiple of the widest element. */
  private static final int ALIGNMENT = Double.BYTES;

  private Packing() {}

  /** The bytes that a case's inputs take. */
  static int inputBytes(Scripted scripted) {
    int elements = elements(scripted);
    if (scripted.resumed().isPresent()) {
      elements += stateElements(scripted);
    }
    for (Step step : scripted.steps()) {
      elements +=
          step.gradients().stream()
              .flatMap(List::stream)
              .flatMap(Optional::stream)
              .mapToInt(Tensor::size)
              .sum();
    }
    return aligned(elements * scripted.dtype().bytes());
  }

  /** The bytes that a case's outputs take. */
  static int outputBytes(Scripted scripted) {
    int states = 1 + scripted.steps().size();
    return aligned(states * stateElements(scripted) * scripted.dtype().bytes());
  }

  private static int aligned(int bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static int elements(Scripted scripted) {
    return scripted.groups().stream().mapToInt(Packing::elements).sum();
  }

  private static int elements(Group group) {
    return group.parameters().stream().mapToInt(Tensor::size).sum();
  }

  /** The numbers of one state: parameters, then buffers. */
  static int stateElements(Scripted scripted) {
    return scripted.groups().stream()
        .mapToInt(group -> elements(group) * (group.hasBuffers() ? 2 : 1))
        .sum();
  }

  /** Writes parameters, the state to resume from, and the gradients, from the buffer's position. */
  static void write(Scripted scripted, ByteBuffer inputs) {
    DType dtype = scripted.dtype();
    for (Group group : scripted.groups()) {
      group.parameters().forEach(tensor -> Elements.put(tensor, dtype, inputs));
    }
    scripted.resumed().ifPresent(state -> write(state, dtype, inputs));
    for (Step step : scripted.steps()) {
      step.gradients().stream()
          .flatMap(List::stream)
          .flatMap(Optional::stream)
          .forEach(tensor -> Elements.put(tensor, dtype, inputs));
    }
  }

  private static void write(State state, DType dtype, ByteBuffer inputs) {
    state.parameters().stream().flatMap(List::stream).forEach(t -> Elements.put(t, dtype, inputs));
    state.buffers().stream()
        .flatMap(List::stream)
        .flatMap(Optional::stream)
        .forEach(tensor -> Elements.put(tensor, dtype, inputs));
  }

  /** Reads one state from the buffer's position. */
  static State read(Scripted scripted, ByteBuffer outputs) {
    List<List<Tensor>> parameters = new ArrayList<>();
    for (Group group : scripted.groups()) {
      parameters.add(
          group.parameters().stream()
              .map(t -> Elements.get(t.shape(), scripted.dtype(), outputs))
              .toList());
    }
    List<List<Optional<Tensor>>> buffers = new ArrayList<>();
    for (Group group : scripted.groups()) {
      buffers.add(
          group.parameters().stream().map(t -> buffer(group, t, scripted, outputs)).toList());
    }
    return new State(parameters, buffers);
  }

  private static Optional<Tensor> buffer(
      Group group, Tensor like, Scripted scripted, ByteBuffer outputs) {
    return group.hasBuffers()
        ? Optional.of(Elements.get(like.shape(), scripted.dtype(), outputs))
        : Optional.empty();
  }
}
