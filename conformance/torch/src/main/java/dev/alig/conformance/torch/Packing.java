package dev.alig.conformance.torch;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Group;
import dev.alig.conformance.model.State;
import dev.alig.conformance.model.Step;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes a case's tensors into memory that Python shares, and reads its answers from there.
 *
 * <p>Tensors keep every bit: the sign of a zero, denormals, and the sign, payload and kind of a
 * NaN. A tensor holds a FLOAT as the double that {@link Elements#widen} gives. Settings, losses and
 * step sizes are JSON numbers: finite doubles and infinities are exact, but a NaN loses its sign
 * and payload.
 */
final class Packing {
  /** Every case starts at a multiple of the widest element. */
  private static final int ALIGNMENT = Double.BYTES;

  private Packing() {}

  /** All tensors of a case in their order: parameters, the state to resume from, gradients. */
  static Stream<Tensor> inputs(StepCase scripted) {
    Stream<Tensor> parameters = scripted.groups().stream().flatMap(g -> g.parameters().stream());
    Stream<Tensor> resumed = scripted.resumed().stream().flatMap(Packing::tensors);
    Stream<Tensor> gradients =
        scripted.steps().stream().map(Step::gradients).flatMap(Packing::present);
    return Stream.of(parameters, resumed, gradients).flatMap(tensors -> tensors);
  }

  private static Stream<Tensor> tensors(State state) {
    return Stream.concat(
        state.parameters().stream().flatMap(List::stream), present(state.buffers()));
  }

  private static Stream<Tensor> present(List<List<Optional<Tensor>>> groups) {
    return groups.stream().flatMap(List::stream).flatMap(Optional::stream);
  }

  /** The bytes that a case's inputs take. */
  static int inputBytes(StepCase scripted) {
    return aligned(inputs(scripted).mapToInt(Tensor::size).sum() * scripted.dtype().bytes());
  }

  /** The bytes that a case's outputs take. */
  static int outputBytes(StepCase scripted) {
    int states = 1 + scripted.steps().size();
    return aligned(states * stateElements(scripted) * scripted.dtype().bytes());
  }

  private static int aligned(int bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** How many numbers a state has: parameters, then buffers. */
  static int stateElements(StepCase scripted) {
    return scripted.groups().stream()
        .mapToInt(
            group ->
                group.parameters().stream().mapToInt(Tensor::size).sum()
                    * (group.hasBuffers() ? 2 : 1))
        .sum();
  }

  /** Writes a case's tensors from the buffer's position. */
  static void write(StepCase scripted, ByteBuffer inputs) {
    inputs(scripted).forEach(tensor -> Elements.put(tensor, scripted.dtype(), inputs));
  }

  /** Reads one state from the buffer's position. */
  static State read(StepCase scripted, ByteBuffer outputs) {
    DType dtype = scripted.dtype();
    List<List<Tensor>> parameters = new ArrayList<>();
    for (Group group : scripted.groups()) {
      parameters.add(
          group.parameters().stream().map(t -> Elements.get(t.shape(), dtype, outputs)).toList());
    }
    List<List<Optional<Tensor>>> buffers = new ArrayList<>();
    for (Group group : scripted.groups()) {
      buffers.add(
          group.parameters().stream()
              .map(t -> Optional.of(t).filter(any -> group.hasBuffers()))
              .map(like -> like.map(t -> Elements.get(t.shape(), dtype, outputs)))
              .toList());
    }
    return new State(parameters, buffers);
  }
}
