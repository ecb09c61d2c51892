package dev.alig.conformance.properties;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.Trainer;
import dev.alig.conformance.bounds.Algorithm;
import java.util.List;
import java.util.Optional;

/** A subject that remembers what it did last, so that coverage is measured from what ran. */
final class Witness implements Implementation {
  private final Implementation subject;
  private Optional<Trace> last = Optional.empty();

  Witness(Implementation subject) {
    this.subject = subject;
  }

  /** What the subject did with the last case; empty if it ran none, or failed. */
  Optional<Trace> last() {
    return last;
  }

  @Override
  public String name() {
    return subject.name();
  }

  @Override
  public Class<?> code() {
    return subject.code();
  }

  @Override
  public List<Class<?>> parts() {
    return subject.parts();
  }

  @Override
  public String version() {
    return subject.version();
  }

  @Override
  public String digest() {
    return subject.digest();
  }

  @Override
  public Trace run(Scripted scripted) {
    last = Optional.empty();
    Trace trace = subject.run(scripted);
    last = Optional.of(trace);
    return trace;
  }

  @Override
  public List<Trace> runAll(List<Scripted> cases) {
    last = Optional.empty();
    List<Trace> traces = subject.runAll(cases);
    if (traces.size() == 1) {
      last = Optional.of(traces.get(0));
    }
    return traces;
  }

  @Override
  public Optional<Trace> runGiven(Scripted scripted, List<List<Double>> stepSizes) {
    return subject.runGiven(scripted, stepSizes);
  }

  @Override
  public Optional<Trainer> trainer() {
    return subject.trainer();
  }

  @Override
  public Algorithm algorithm() {
    return subject.algorithm();
  }

  @Override
  public Optional<String> inapplicable(Scripted scripted) {
    return subject.inapplicable(scripted);
  }
}
