package dev.alig.conformance.subjects.optimizers;

import dev.alig.conformance.Baseline;
import dev.alig.conformance.Implementation;
import dev.alig.conformance.model.StepCase;
import dev.alig.experiments.optimizers.AdaGrad;
import dev.alig.experiments.optimizers.Adam;
import dev.alig.experiments.optimizers.AdamW;
import dev.alig.experiments.optimizers.BpGrad;
import dev.alig.experiments.optimizers.Dfw;
import dev.alig.experiments.optimizers.FlatOptimizer;
import dev.alig.experiments.optimizers.Format;
import dev.alig.experiments.optimizers.L4;
import dev.alig.experiments.optimizers.RmsProp;
import dev.alig.experiments.optimizers.Sgd;
import dev.alig.experiments.optimizers.Yogi;
import java.util.List;
import java.util.random.RandomGenerator;

/** An optimizer of the paper's tables: its flat-array form, its rule, and its cases. */
public final class TableOptimizer implements Baseline {
  private static final List<Setting> OF_SGD = List.of(Setting.MOMENTUM, Setting.DECAY);
  private static final List<Setting> OF_NESTEROV =
      List.of(Setting.POSITIVE_MOMENTUM, Setting.DECAY);
  private static final List<Setting> OF_ADAM =
      List.of(Setting.BETA, Setting.BETA, Setting.EPS, Setting.DECAY);
  private static final List<Setting> OF_RMSPROP = List.of(Setting.BETA, Setting.EPS, Setting.DECAY);
  private static final List<Setting> OF_DFW = List.of(Setting.MOMENTUM, Setting.DECAY, Setting.EPS);

  private static final List<TableOptimizer> ALL =
      List.of(
          new TableOptimizer(
              "sgd", new SgdRule(false), OF_SGD, (f, n, s) -> new Sgd(f, n, s[0], false, s[1])),
          new TableOptimizer(
              "nesterov",
              new SgdRule(true),
              OF_NESTEROV,
              (f, n, s) -> new Sgd(f, n, s[0], true, s[1])),
          new TableOptimizer(
              "adam",
              new AdamRule(false),
              OF_ADAM,
              (f, n, s) -> new Adam(f, n, s[0], s[1], s[2], s[3], false)),
          new TableOptimizer(
              "amsgrad",
              new AdamRule(true),
              OF_ADAM,
              (f, n, s) -> new Adam(f, n, s[0], s[1], s[2], s[3], true)),
          new TableOptimizer(
              "adagrad",
              new ScaledRule(false),
              List.of(Setting.EPS, Setting.DECAY),
              (f, n, s) -> new AdaGrad(f, n, s[0], s[1])),
          new TableOptimizer(
              "rmsprop",
              new ScaledRule(true),
              OF_RMSPROP,
              (f, n, s) -> new RmsProp(f, n, s[0], s[1], s[2])),
          new TableOptimizer(
              "adamw",
              new MomentsRule(false),
              OF_ADAM,
              (f, n, s) -> new AdamW(f, n, s[0], s[1], s[2], s[3])),
          new TableOptimizer(
              "yogi",
              new MomentsRule(true),
              OF_ADAM,
              (f, n, s) -> new Yogi(f, n, s[0], s[1], s[2], s[3])),
          new TableOptimizer(
              "bpgrad", new BpGradRule(), OF_DFW, (f, n, s) -> new BpGrad(f, n, s[0], s[1], s[2])),
          new TableOptimizer(
              "dfw", new DfwRule(), OF_DFW, (f, n, s) -> new Dfw(f, n, s[0], s[1], s[2])),
          new TableOptimizer(
              "l4adam",
              new L4Rule(true),
              List.of(Setting.DECAY),
              (f, n, s) -> new L4(f, n, true, s[0])),
          new TableOptimizer(
              "l4mom",
              new L4Rule(false),
              List.of(Setting.DECAY),
              (f, n, s) -> new L4(f, n, false, s[0])));

  /** Makes an optimizer of n parameters from its settings. */
  @FunctionalInterface
  interface Maker {
    FlatOptimizer make(Format format, int size, double[] settings);
  }

  private final String original;
  private final Rule rule;
  private final List<Setting> settings;
  private final Maker maker;

  private TableOptimizer(String original, Rule rule, List<Setting> settings, Maker maker) {
    this.original = original;
    this.rule = rule;
    this.settings = settings;
    this.maker = maker;
  }

  /** The twelve optimizers of the paper's tables. */
  public static List<TableOptimizer> all() {
    return ALL;
  }

  @Override
  public String original() {
    return original;
  }

  Rule rule() {
    return rule;
  }

  List<Setting> settings() {
    return settings;
  }

  @Override
  public Implementation optimizer() {
    return with(maker);
  }

  /** The same optimizer, whose cases draw other settings. */
  TableOptimizer withSettings(List<Setting> others) {
    return new TableOptimizer(original, rule, others, maker);
  }

  /** Another optimizer in the place of this one, judged as this one. */
  Implementation with(Maker other) {
    return new TableSubject(original, rule, other);
  }

  @Override
  public StepCase draw(String id, RandomGenerator random) {
    return new TableCase(this, random).draw(id);
  }

  FlatOptimizer make(Format format, int size, double[] chosen) {
    return maker.make(format, size, chosen);
  }
}
