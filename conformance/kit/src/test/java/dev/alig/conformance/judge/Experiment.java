package dev.alig.conformance.judge;

import dev.alig.conformance.Implementation;
import dev.alig.conformance.Verdict;
import dev.alig.conformance.bounds.Algorithm;
import dev.alig.conformance.cases.Recorded;
import dev.alig.conformance.judge.Comparison.Counted;
import dev.alig.conformance.judge.Comparison.Side;
import dev.alig.conformance.judge.Spoil.Runs;
import dev.alig.conformance.model.Place;
import dev.alig.conformance.model.StepCase;
import dev.alig.conformance.model.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A judgement that can be made again with one number spoilt. */
interface Experiment {
  /** Judges. */
  Verdict judge(Optional<Spoil> spoil, Counted counted);

  /** The sound number. */
  double number(Side side, Place place);

  /** A subject's trace beside an oracle. */
  record Judging(StepCase scripted, Trace actual, Algorithm algorithm, Implementation oracle)
      implements Experiment {
    @Override
    public Verdict judge(Optional<Spoil> spoil, Counted counted) {
      Trace trace = spoil.filter(of(Side.SUBJECT)).map(s -> s.in(actual)).orElse(actual);
      Spoilt asked = new Spoilt(oracle, scripted, spoil.filter(of(Side.ORACLE)));
      return new Judge(asked, counted).compare(scripted, trace, "subject", algorithm);
    }

    @Override
    public double number(Side side, Place place) {
      return place.in(side == Side.SUBJECT ? actual : oracle.run(scripted)).orElse(0);
    }
  }

  /** A subject beside a recorded trace. */
  record Replaying(Recorded recorded, Implementation subject) implements Experiment {
    @Override
    public Verdict judge(Optional<Spoil> spoil, Counted counted) {
      Trace trace =
          spoil.filter(of(Side.ORACLE)).map(s -> s.in(recorded.trace())).orElse(recorded.trace());
      Recorded shown = new Recorded(recorded.origin(), recorded.scripted(), trace);
      Spoilt asked = new Spoilt(subject, recorded.scripted(), spoil.filter(of(Side.SUBJECT)));
      return Replay.compare(shown, asked, counted);
    }

    @Override
    public double number(Side side, Place place) {
      return place.in(recorded.trace()).orElse(0);
    }
  }

  private static Predicate<Spoil> of(Side side) {
    return spoil -> spoil.side() == side;
  }

  /**
   * What came of spoiling numbers in turn.
   *
   * @param compared the comparisons whose numbers were spoilt
   * @param stuck those that no wrong number fails
   */
  record Found(int compared, List<Site> stuck) {
    Found and(Found other) {
      List<Site> all = new ArrayList<>(stuck);
      all.addAll(other.stuck);
      return new Found(compared + other.compared, all);
    }
  }

  /**
   * Spoils the number of each counted comparison, and where the two sides must be the same that of
   * the other side as well.
   *
   * @param most how many numbers to spoil, drawn among all
   */
  default Found spoilInTurn(int most, Random random) {
    Set<Site> counted = new LinkedHashSet<>();
    Verdict sound = judge(Optional.empty(), (s, p, accepted) -> counted.add(Site.here(s, p)));
    if (!(sound instanceof Verdict.Agrees)) {
      return new Found(0, List.of());
    }
    Map<Map.Entry<Side, Place>, List<Site>> byNumber =
        counted.stream()
            .collect(
                Collectors.groupingBy(
                    site -> Map.entry(site.side(), site.place()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<List<Site>> numbers = new ArrayList<>(byNumber.values());
    Collections.shuffle(numbers, random);
    Found found = new Found(0, List.of());
    for (List<Site> sites : numbers.subList(0, Math.min(most, numbers.size()))) {
      Set<Site> stuck = stuck(sites);
      found = found.and(new Found(sites.size(), List.copyOf(stuck)));
    }
    return found;
  }

  private Set<Site> stuck(List<Site> sites) {
    Side side = sites.get(0).side();
    Place place = sites.get(0).place();
    Set<Site> open = new LinkedHashSet<>(sites);
    for (double value : Spoil.instead(number(side, place))) {
      for (Runs runs : Runs.values()) {
        Set<Site> refused = new LinkedHashSet<>();
        Verdict verdict =
            judge(
                Optional.of(new Spoil(side, place, value, runs)),
                (s, p, accepted) -> {
                  if (!accepted && s == side && p.equals(place)) {
                    refused.add(Site.here(s, p));
                  }
                });
        if (verdict instanceof Verdict.Differs) {
          open.removeAll(refused);
        }
        if (open.isEmpty()) {
          return otherSide(sites);
        }
      }
    }
    return open;
  }

  /** The exact comparisons of a subject's number that no wrong number of the other side fails. */
  private Set<Site> otherSide(List<Site> sites) {
    Set<Site> exact =
        sites.stream()
            .filter(site -> site.exact() && site.side() == Side.SUBJECT)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (exact.isEmpty()) {
      return exact;
    }
    Place place = sites.get(0).place();
    for (double value : Spoil.instead(number(Side.ORACLE, place))) {
      Optional<Spoil> spoil = Optional.of(new Spoil(Side.ORACLE, place, value, Runs.ALL));
      if (judge(spoil, Counted.UNHEARD) instanceof Verdict.Differs) {
        return Set.of();
      }
    }
    return exact;
  }
}
