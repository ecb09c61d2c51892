package dev.alig.nd4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.nd4j.samediff.ops.Recipes;
import dev.alig.nd4j.samediff.ops.Sketch;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;

/** Measures the gradient of every operation of ND4J that has one, in graphs of a few elements. */
class OperationGradientsTest {
  private static final String PACKAGE = "org.nd4j.linalg.api.ops.";

  /** Of each recipe that gave gradients, what is wrong with them. */
  private static final Map<String, List<String>> MEASURED = new TreeMap<>();

  /** Of each recipe that was refused or failed, how. */
  private static final Map<String, String> REFUSED = new TreeMap<>();

  /** The operations of the recipes that gave right gradients. */
  private static final Set<String> RIGHT = new TreeSet<>();

  @BeforeAll
  static void measure() {
    Recipes.all()
        .forEach(
            (name, draw) -> {
              try {
                Sketch sketch = new Sketch();
                SDVariable loss = draw.apply(sketch);
                Measurement measurement =
                    new Measurement(sketch.sd, loss.name(), new Gradients(false));
                MEASURED.put(name, measurement.faults());
                if (MEASURED.get(name).isEmpty()) {
                  RIGHT.addAll(measurement.operations());
                }
              } catch (RuntimeException e) {
                REFUSED.put(name, String.valueOf(e.getMessage()));
              }
            });
  }

  @Test
  void noGradientIsWrong() {
    assertThat(MEASURED).hasSizeGreaterThan(2000);
    assertThat(MEASURED).allSatisfy((name, faults) -> assertThat(faults).as(name).isEmpty());
  }

  @Test
  void whatHasARightGradientIsNotRefused() {
    Map<String, Long> operations =
        REFUSED.values().stream()
            .collect(Collectors.groupingBy(OperationGradientsTest::subject, Collectors.counting()));
    assertThat(operations).as("%s", REFUSED).isEqualTo(refusedOperations());
  }

  /** The operation that a message is about. */
  private static String subject(String message) {
    return message.startsWith("the operation ")
        ? message.split(" ", -1)[2].replace(",", "")
        : "fails by itself";
  }

  private static Map<String, Long> refusedOperations() {
    return lines("refused.txt").stream()
        .map(line -> line.split(" ", 2))
        .collect(Collectors.toMap(words -> words[1], words -> Long.valueOf(words[0])));
  }

  @Test
  void everyOperationOfNd4jIsAccountedFor() throws IOException {
    Map<String, String> unaccounted = new TreeMap<>();
    Set<String> apart = new TreeSet<>(lines("apart.txt"));
    for (Class<? extends DifferentialFunction> operation : operations()) {
      String name = operation.getName().substring(PACKAGE.length());
      boolean isApart = apart.remove(name);
      String fault =
          switch (Gradients.measured(operation)) {
            case "right" -> RIGHT.contains(operation.getName()) ? "" : "not measured by any recipe";
            case "none" -> hasNone(operation) ? "" : "has a gradient, and is said to have none";
            default ->
                isApart
                        || Refusals.refuses(operation)
                        || (RIGHT.contains(operation.getName())
                            && CorrectedGradients.corrects(operation))
                        || hasNone(operation)
                    ? ""
                    : "in no list";
          };
      if (!fault.isEmpty()) {
        unaccounted.put(name, fault);
      }
    }
    assertThat(unaccounted).isEmpty();
    assertThat(apart).as("listed, and not in ND4J").isEmpty();
  }

  /** Whether it says so itself, or a recipe of it fails. */
  private static boolean hasNone(Class<? extends DifferentialFunction> operation) {
    try {
      Constructor<? extends DifferentialFunction> constructor = operation.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance().doDiff(Collections.nCopies(3, null)) == null;
    } catch (UnsupportedOperationException e) {
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return lines("fails.txt").contains(operation.getName().substring(PACKAGE.length()));
    }
  }

  private static List<Class<? extends DifferentialFunction>> operations() throws IOException {
    List<Class<? extends DifferentialFunction>> operations = new ArrayList<>();
    String jar =
        DifferentialFunction.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    try (JarFile file = new JarFile(jar)) {
      for (JarEntry entry : Collections.list(file.entries())) {
        String name = entry.getName().replace('/', '.');
        if (name.startsWith(PACKAGE) && name.endsWith(".class")) {
          addOperation(operations, name.substring(0, name.length() - ".class".length()));
        }
      }
    }
    assertThat(operations).hasSizeGreaterThan(600);
    return operations;
  }

  private static void addOperation(
      List<Class<? extends DifferentialFunction>> operations, String name) {
    try {
      Class<?> found = Class.forName(name, false, OperationGradientsTest.class.getClassLoader());
      if (DifferentialFunction.class.isAssignableFrom(found)
          && !Modifier.isAbstract(found.getModifiers())) {
        operations.add(found.asSubclass(DifferentialFunction.class));
      }
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      // A class of ND4J that lacks another one is no operation that a graph can have.
    }
  }

  private static List<String> lines(String resource) {
    try (InputStream in = OperationGradientsTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
