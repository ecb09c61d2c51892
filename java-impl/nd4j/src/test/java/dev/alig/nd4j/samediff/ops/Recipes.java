package dev.alig.nd4j.samediff.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;

/** Graphs by name. */
public final class Recipes {
  private final Map<String, Function<Sketch, SDVariable>> all = new LinkedHashMap<>();

  private Recipes() {}

  /** All there are. */
  public static Map<String, Function<Sketch, SDVariable>> all() {
    Recipes recipes = new Recipes();
    Elementwise.addTo(recipes);
    Pairs.addTo(recipes);
    Reductions.addTo(recipes);
    Shapes.addTo(recipes);
    Networks.addTo(recipes);
    Convolutions.addTo(recipes);
    Recurrences.addTo(recipes);
    LossOps.addTo(recipes);
    return recipes.all;
  }

  /** A result that a loss is made of. */
  void add(String name, Function<Sketch, SDVariable> draw) {
    loss(name, sketch -> sketch.loss(draw.apply(sketch)));
  }

  /** Several results. */
  void addAll(String name, Function<Sketch, SDVariable[]> draw) {
    loss(name, sketch -> sketch.loss(draw.apply(sketch)));
  }

  /** A result that is the loss. */
  void loss(String name, Function<Sketch, SDVariable> draw) {
    if (all.put(name, draw) != null) {
      throw new IllegalArgumentException("two recipes are named " + name);
    }
  }
}
