package dev.alig.conformance.defects;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Scripted;
import dev.alig.conformance.Trace;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@link PlainRun}, sound or spoiled, behind the kit's interface. */
final class PlainAliG implements Implementation {
  private final String name;
  private final Function<Scripted, PlainRun> begin;

  PlainAliG(String name, Function<Scripted, PlainRun> begin) {
    this.name = name;
    this.begin = begin;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Trace run(Scripted scripted) {
    return begin.apply(scripted).run();
  }

  @Override
  public Optional<Trace> runGiven(Scripted scripted, List<List<Double>> stepSizes) {
    return Optional.of(begin.apply(scripted).runGiven(stepSizes));
  }
}
