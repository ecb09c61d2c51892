package dev.alig.nd4j.dl4j;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;

/** Copies a graph's configuration completely. DL4J's own copy leaves some fields out. */
final class GraphCopy {
  private GraphCopy() {}

  static ComputationGraphConfiguration of(ComputationGraph model) {
    ComputationGraphConfiguration original = model.getConfiguration();
    ComputationGraphConfiguration copy = clone(original);
    original
        .getVertices()
        .forEach((name, vertex) -> complete(vertex, copy.getVertices().get(name)));
    return copy;
  }

  private static ComputationGraphConfiguration clone(ComputationGraphConfiguration original) {
    try {
      return original.clone();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "DL4J cannot copy the graph ("
              + e.getMessage()
              + "), and the slope is measured on a copy; give your own vertices a public"
              + " constructor without arguments, which DL4J also needs to load a graph",
          e);
    }
  }

  /**
   * Copies what DL4J leaves out: the updaters of attention vertices, and the fields of a user's own
   * vertices.
   */
  private static void complete(GraphVertex original, @Nullable GraphVertex copy) {
    if (original instanceof SameDiffVertex from && copy instanceof SameDiffVertex to) {
      to.setUpdater(from.getUpdater());
      to.setBiasUpdater(from.getBiasUpdater());
    }
    for (Class<?> type = original.getClass();
        copy != null && !ConfigurationParts.isOfHost(type);
        type = type.getSuperclass()) {
      copyFields(type, original, copy);
    }
  }

  private static void copyFields(Class<?> type, Object from, Object to) {
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        try {
          field.setAccessible(true);
          field.set(to, field.get(from));
        } catch (IllegalAccessException e) {
          throw new IllegalArgumentException("cannot copy " + field, e);
        }
      }
    }
  }
}
