package dev.alig.conformance.oracle;

import dev.alig.conformance.DType;
import dev.alig.conformance.Tensor;
import dev.alig.conformance.Trained;
import dev.alig.conformance.Trained.Named;
import dev.alig.conformance.Trained.Problem;
import dev.alig.conformance.TrainedState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensors of trained cases in memory that Python shares; {@code
 * alig_oracle/training/request.py} has the layout.
 *
 * <p>What is to be written is poisoned, as {@link Outputs} does it, so that holes can be seen.
 *
 * @param dtype the format of all numbers
 * @param buffer the memory; reading moves its position
 */
record TrainingMemory(DType dtype, ByteBuffer buffer) {
  /** Memory for Python to write. */
  static TrainingMemory toWrite(DType dtype, int elements) {
    ByteBuffer buffer = direct(elements * dtype.bytes());
    while (buffer.hasRemaining()) {
      buffer.put(Outputs.POISON);
    }
    return new TrainingMemory(dtype, buffer.rewind());
  }

  /** Memory in which there is nothing to read. */
  static ByteBuffer nothing() {
    return direct(Double.BYTES);
  }

  /** The case's problem, and the states to compute at. */
  static ByteBuffer inputs(Trained trained, List<TrainedState> states) {
    Problem problem = trained.problem();
    List<Tensor> tensors = new ArrayList<>(problem.features());
    tensors.add(problem.classes());
    tensors.add(order(problem));
    problem.parameters().forEach(named -> tensors.add(named.value()));
    problem.statistics().forEach(named -> tensors.add(named.value()));
    for (TrainedState state : states) {
      tensors.addAll(state.parameters());
      tensors.addAll(state.statistics());
    }
    DType dtype = trained.dtype();
    ByteBuffer inputs = direct(tensors.stream().mapToInt(Tensor::size).sum() * dtype.bytes());
    tensors.forEach(tensor -> Elements.put(tensor, dtype, inputs));
    return inputs.rewind();
  }

  private static Tensor order(Problem problem) {
    return Tensor.vector(
        problem.order().stream().flatMap(List::stream).mapToDouble(i -> i).toArray());
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Reads a problem. */
  Problem problem(TrainingWords.Layout layout) {
    List<Tensor> features = tensors(layout.features());
    Tensor classes = tensor(layout.classes());
    Tensor order = tensor(layout.order());
    List<Named> parameters = named(layout.parameters());
    List<Named> statistics = named(layout.statistics());
    return new Problem(features, classes, layout.kinds(), rows(order), parameters, statistics);
  }

  private static List<List<Integer>> rows(Tensor order) {
    int width = order.shape().get(1);
    List<List<Integer>> rows = new ArrayList<>();
    for (int step = 0; step < order.shape().get(0); step++) {
      List<Integer> row = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        row.add((int) order.get(step * width + i));
      }
      rows.add(row);
    }
    return rows;
  }

  private List<Named> named(List<TrainingWords.Shape> shapes) {
    List<Named> named = new ArrayList<>();
    shapes.forEach(each -> named.add(new Named(each.name(), tensor(each.shape()))));
    return named;
  }

  /** Reads a state. */
  TrainedState state(StateShape shape) {
    List<Tensor> parameters = tensors(shape.parameters());
    List<Tensor> buffers = shape.hasBuffers() ? tensors(shape.parameters()) : List.of();
    return new TrainedState(parameters, buffers, tensors(shape.statistics()));
  }

  /** Reads tensors, one after the other. */
  List<Tensor> tensors(List<List<Integer>> shapes) {
    List<Tensor> tensors = new ArrayList<>();
    shapes.forEach(shape -> tensors.add(tensor(shape)));
    return tensors;
  }

  private Tensor tensor(List<Integer> shape) {
    int start = buffer.position();
    for (int e = 0; e < Tensor.size(shape); e++) {
      if (Outputs.isPoison(dtype, buffer, start + e * dtype.bytes())) {
        throw OracleException.corrupted(
            "number %d of a trained case was left unwritten".formatted(start / dtype.bytes() + e));
      }
    }
    return Elements.get(shape, dtype, buffer);
  }
}
