package dev.alig.conformance.subjects;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.types.family.TType;

/** One run of a session, which owns the tensors that it is fed and the result. */
final class FedRun implements AutoCloseable {
  private final Session.Runner runner;
  private final List<TType> fed = new ArrayList<>();
  private Optional<Result> result = Optional.empty();

  FedRun(Session session) {
    this.runner = session.runner();
  }

  void feed(Operand<?> operand, TType value) {
    fed.add(value);
    runner.feed(operand, value);
  }

  void target(Op op) {
    runner.addTarget(op);
  }

  void fetch(Operand<?> operand) {
    runner.fetch(operand);
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
