package dev.alig.benchmark;

import dev.alig.benchmark.contender.Contender;
import dev.alig.benchmark.contender.Momentum;
import dev.alig.benchmark.contender.Setting;
import dev.alig.benchmark.contender.Stepper;
import dev.alig.conformance.DType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One step of one contender of this JVM. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StepBenchmark {
  /** Who steps; those that run in Python and those for one size alone are not listed. */
  @Param({
    "OURS",
    "PROBE",
    "OURS_BALL",
    "OP_BY_OP",
    "NESTEROVS",
    "DL4J",
    "OURS_TENSORFLOW",
    "TENSORFLOW_FLOOR",
    "PASS_NORM",
    "PASS_UPDATE",
    "PASS_UPDATE_AND_NORM",
    "PROBE_READ"
  })
  Contender contender = Contender.OURS;

  /** {@link Setting#n}. */
  @Param({"1000", "10000", "100000", "1000000", "10000000"})
  int n;

  /** {@link Setting#dtype}. */
  @Param("FLOAT")
  DType dtype = DType.FLOAT;

  /** {@link Setting#momentum}. */
  @Param("STANDARD")
  Momentum momentum = Momentum.STANDARD;

  /** {@link Setting#ball}. */
  @Param("false")
  boolean ball;

  private Stepper stepper = Nobody.INSTANCE;

  /** Fills the contender's memory. */
  @Setup
  public void open() {
    stepper = contender.open(new Setting(n, dtype, momentum, ball));
  }

  /** Takes one step. */
  @Benchmark
  public void step() {
    stepper.step();
  }

  /** Frees the contender's memory. */
  @TearDown
  public void close() {
    stepper.close();
  }

  /** Until there is a contender. */
  private enum Nobody implements Stepper {
    INSTANCE;

    @Override
    public void step() {
      throw new IllegalStateException("no contender was opened");
    }

    @Override
    public double[] parameters() {
      return new double[0];
    }

    @Override
    public void close() {}
  }
}
