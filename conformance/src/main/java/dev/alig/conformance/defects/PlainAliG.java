package dev.alig.conformance.defects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.bounds.AliG;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@link PlainRun}, sound or spoiled, behind the kit's interface. */
final class PlainAliG implements Implementation {
  private final String name;
  private final Function<Scripted, PlainRun> begin;
  private final AliG operations;

  PlainAliG(String name, Function<Scripted, PlainRun> begin, AliG operations) {
    this.name = name;
    this.begin = begin;
    this.operations = operations;
  }

  /** The same in other operations. */
  PlainAliG in(AliG others, String newName) {
    return new PlainAliG(newName, begin, others);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Algorithm algorithm() {
    return operations;
  }

  @Override
  public Trace run(Scripted scripted) {
    return begin.apply(scripted).in(operations).run();
  }

  @Override
  public Optional<Trace> runGiven(Scripted scripted, List<List<Double>> stepSizes) {
    return Optional.of(begin.apply(scripted).in(operations).runGiven(stepSizes));
  }
}
