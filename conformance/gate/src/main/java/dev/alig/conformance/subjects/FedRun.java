package dev.alig.conformance.subjects;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.types.family.TType;

/** One run of a session. It owns the fed tensors and the result, and closes them. */
final class FedRun implements AutoCloseable {
  private final Graph graph;
  private final Session.Runner runner;
  private final List<TType> fed = new ArrayList<>();
  private Optional<Result> result = Optional.empty();

  FedRun(Session session) {
    this.graph = session.graph();
    this.runner = session.runner();
  }

  void feed(Operand<?> operand, TType value) {
    fed.add(value);
    runner.feed(here(operand), value);
  }

  /** Feeds a tensor that the caller keeps and closes. */
  void lend(Operand<?> operand, TType value) {
    runner.feed(here(operand), value);
  }

  void target(Op op) {
    runner.addTarget(op.env() == graph ? op.op() : graph.operationOrThrow(op.op().name()));
  }

  void fetch(Operand<?> operand) {
    runner.fetch(here(operand));
  }

  /** The output in this session's graph. An edited graph has the same names as its original. */
  private Output<?> here(Operand<?> operand) {
    Output<?> output = operand.asOutput();
    return operand.env() == graph
        ? output
        : graph.outputOrThrow("%s:%d".formatted(output.op().name(), output.index()));
  }

  Result run() {
    Result ran = runner.run();
    result = Optional.of(ran);
    return ran;
  }

  @Override
  public void close() {
    result.ifPresent(Result::close);
    fed.forEach(TType::close);
  }
}
