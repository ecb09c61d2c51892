package dev.alig.conformance.torch;

import dev.alig.conformance.model.DType;
import dev.alig.conformance.model.Tensor;
import dev.alig.conformance.model.TrainedState;
import dev.alig.conformance.model.TrainingCase;
import dev.alig.conformance.model.TrainingCase.Named;
import dev.alig.conformance.model.TrainingCase.Problem;
import dev.alig.conformance.oracle.OracleException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tensors of trained cases in memory that Python shares; {@code
 * alig_oracle/training/request.py} describes the layout.
 *
 * <p>Memory for Python to write is poisoned, as in {@link Outputs}, so that missing writes show.
 *
 * @param dtype the format of all numbers
 * @param buffer the memory; reading moves its position
 */
record TrainingMemory(DType dtype, ByteBuffer buffer) {
  /**
   * The shapes of a training state: of the parameters and of the running statistics. Gradients and
   * buffers have the shapes of the parameters.
   */
  record Shapes(
      List<List<Integer>> parameters, List<List<Integer>> statistics, boolean hasBuffers) {
    static Shapes of(TrainingCase trained) {
      return new Shapes(
          shapes(trained.problem().parameters()),
          shapes(trained.problem().statistics()),
          trained.rule().momentum() != 0);
    }

    private static List<List<Integer>> shapes(List<Named> named) {
      return named.stream().map(each -> each.value().shape()).toList();
    }

    /** How many numbers a gradient has. */
    int gradient() {
      return elements(parameters);
    }

    /** How many numbers the statistics have. */
    int ofStatistics() {
      return elements(statistics);
    }

    /** How many numbers a state has. */
    int elements() {
      return gradient() * (hasBuffers ? 2 : 1) + ofStatistics();
    }

    private static int elements(List<List<Integer>> shapes) {
      return shapes.stream().mapToInt(Tensor::size).sum();
    }
  }

  /** Memory for Python to write. */
  static TrainingMemory toWrite(DType dtype, int elements) {
    ByteBuffer buffer = direct(elements * dtype.bytes());
    while (buffer.hasRemaining()) {
      buffer.put(Outputs.POISON);
    }
    return new TrainingMemory(dtype, buffer.rewind());
  }

  /** Memory that holds nothing to read. */
  static ByteBuffer nothing() {
    return direct(Double.BYTES);
  }

  /** The case's problem, and the states to compute at. */
  static ByteBuffer inputs(TrainingCase trained, List<TrainedState> states) {
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
    // These lines read the tensors in their order in memory.
    List<Tensor> features = tensors(layout.features());
    Tensor classes = tensor(layout.classes());
    Tensor order = tensor(layout.order());
    List<Named> parameters = named(layout.parameters());
    List<Named> statistics = named(layout.statistics());
    return new Problem(features, classes, layout.kinds(), rows(order), parameters, statistics);
  }

  private static List<List<Integer>> rows(Tensor order) {
    int width = order.shape().get(1);
    return IntStream.range(0, order.shape().get(0))
        .mapToObj(
            step ->
                IntStream.range(0, width).mapToObj(i -> (int) order.get(step * width + i)).toList())
        .toList();
  }

  private List<Named> named(List<TrainingWords.Shape> shapes) {
    return shapes.stream().map(each -> new Named(each.name(), tensor(each.shape()))).toList();
  }

  /** Reads a state. */
  TrainedState state(Shapes shape) {
    List<Tensor> parameters = tensors(shape.parameters());
    List<Tensor> buffers = shape.hasBuffers() ? tensors(shape.parameters()) : List.of();
    return new TrainedState(parameters, buffers, tensors(shape.statistics()));
  }

  /** Reads tensors, one after the other. */
  List<Tensor> tensors(List<List<Integer>> shapes) {
    return shapes.stream().map(this::tensor).toList();
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
