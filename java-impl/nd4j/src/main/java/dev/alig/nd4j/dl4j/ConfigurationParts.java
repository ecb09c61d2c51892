package dev.alig.nd4j.dl4j;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The parts of a configuration on which loss and gradient depend, and a text that identifies the
 * configuration.
 *
 * <p>Equal configurations have equal texts. The text contains no updaters, seeds and counters. It
 * contains every field of a user's own classes, also fields that DL4J would not save.
 */
final class ConfigurationParts {
  private static final List<Class<?>> PARTS =
      List.of(
          Layer.class,
          GraphVertex.class,
          InputPreProcessor.class,
          IDropout.class,
          IWeightNoise.class,
          ILossFunction.class,
          IActivation.class);

  private static final Set<String> LEFT_OUT = Set.of("seed", "iterationCount", "epochCount");

  private final IdentityHashMap<Object, Integer> visited = new IdentityHashMap<>();
  private final List<Object> parts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  ConfigurationParts(Object configuration) {
    visit(configuration);
  }

  /** The layers, vertices, losses and other parts, each once. */
  List<Object> parts() {
    return parts;
  }

  String text() {
    return text.toString();
  }

  /** Whether a class belongs to DL4J or ND4J. */
  static boolean isOfHost(Class<?> type) {
    return type.getName().startsWith("org.deeplearning4j.")
        || type.getName().startsWith("org.nd4j.");
  }

  private static boolean isPart(Object object) {
    return PARTS.stream().anyMatch(part -> part.isInstance(object));
  }

  private void visit(@Nullable Object object) {
    if (object == null
        || object instanceof Number
        || object instanceof CharSequence
        || object instanceof Boolean
        || object instanceof Character
        || object instanceof Enum
        || object instanceof Class) {
      text.append(object).append(';');
    } else if (object instanceof INDArray array) {
      text.append(array.dataType()).append(Arrays.toString(array.shape()));
      text.append(Arrays.hashCode(array.dup().data().asDouble())).append(';');
    } else if (!(object instanceof IUpdater)) {
      visitOnce(object);
    }
  }

  private void visitOnce(Object object) {
    Integer before = visited.putIfAbsent(object, visited.size());
    if (before != null) {
      text.append('#').append(before).append(';');
    } else if (object instanceof Map<?, ?> map) {
      map.forEach(this::visitEntry);
    } else if (object instanceof Iterable<?> list
        && object.getClass().getName().startsWith("java.")) {
      list.forEach(this::visit);
    } else if (object.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(object); i++) {
        visit(Array.get(object, i));
      }
    } else if (isPart(object) || isOfHost(object.getClass())) {
      visitFields(object);
    } else {
      appendIdentity(object);
    }
  }

  private void visitEntry(@Nullable Object key, @Nullable Object value) {
    visit(key);
    visit(value);
  }

  private void visitFields(Object object) {
    if (isPart(object)) {
      parts.add(object);
    }
    text.append(object.getClass().getName()).append('{');
    if (!isOfHost(object.getClass())) {
      text.append(System.identityHashCode(object.getClass())).append(';');
    }
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (counts(field, type)) {
          visitField(field, object);
        }
      }
    }
    text.append('}');
  }

  private static boolean counts(Field field, Class<?> type) {
    return !Modifier.isStatic(field.getModifiers())
        && !(Modifier.isTransient(field.getModifiers()) && isOfHost(type))
        && !LEFT_OUT.contains(field.getName());
  }

  private void visitField(Field field, Object object) {
    try {
      field.setAccessible(true);
      text.append(field.getName()).append('=');
      visit(field.get(object));
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      appendIdentity(object);
    }
  }

  /** An object whose fields cannot be read equals only itself. */
  private void appendIdentity(Object object) {
    text.append(object.getClass().getName());
    text.append('@').append(System.identityHashCode(object)).append(';');
  }
}
