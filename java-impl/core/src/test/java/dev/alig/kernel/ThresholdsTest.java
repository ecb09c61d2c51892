package dev.alig.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.Precision;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No size at which a kernel goes another way is missing from {@link Thresholds}. */
class ThresholdsTest {
  /** Numbers that no size of a tensor or step is compared with, or whose multiples are there. */
  private static final Set<String> NO_SIZES =
      Set.of(
          "WideSquares.PASS", // divides LANES
          "VectorKernels.WIDEST",
          "Threads.COUNT",
          "Helper.PATIENCE_NANOS",
          "Task.SPINS",
          "KernelChoice.VECTOR_JDK",
          "TransferHandles.UNSAFE_WARNS");

  @Test
  void everyConstantIsAThresholdOrNamedAsNone() throws IOException, URISyntaxException {
    Set<Long> known = new TreeSet<>();
    for (Precision precision : List.of(Precision.FLOAT, Precision.DOUBLE)) {
      Thresholds found = Thresholds.of(precision);
      Stream.of(found.lengths(), found.blocks(), found.tensors())
          .flatMap(List::stream)
          .forEach(size -> known.add((long) size));
      int bytes = precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
      found.sharedFrom().forEach(elements -> known.add((long) elements * bytes));
    }
    // Arrays have room for one more than tensors may be.
    known.add((long) Tensors.FEW);
    List<String> unknown = new ArrayList<>();
    for (Class<?> type : kernelPackage()) {
      for (Field field : type.getDeclaredFields()) {
        String name = type.getSimpleName() + "." + field.getName();
        if (isNumber(field) && !NO_SIZES.contains(name) && !known.contains(value(field))) {
          unknown.add(name);
        }
      }
    }
    assertThat(unknown).as("constants that neither Thresholds has nor this test excuses").isEmpty();
  }

  /** Compiler-made fields, such as those of switches and of coverage, are none of ours. */
  private static boolean isNumber(Field field) {
    int modifiers = field.getModifiers();
    return Modifier.isStatic(modifiers)
        && Modifier.isFinal(modifiers)
        && !field.isSynthetic()
        && (field.getType() == int.class || field.getType() == long.class);
  }

  private static long value(Field field) {
    try {
      field.setAccessible(true);
      return ((Number) field.get(null)).longValue();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Class<?>> kernelPackage() throws IOException, URISyntaxException {
    Path classes =
        Path.of(Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Path> folders = new ArrayList<>(List.of(classes.resolve("dev/alig/kernel")));
    if (Kernels.chosen().name().equals("vector")) {
      folders.add(classes.resolve("META-INF/versions/22/dev/alig/kernel"));
    }
    List<Class<?>> found = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
            .forEach(name -> found.add(load(name)));
      }
    }
    assertThat(found).contains(Kernels.class, PortableFloats.class);
    return found;
  }

  private static Class<?> load(String file) {
    try {
      return Class.forName("dev.alig.kernel." + file.replace(".class", ""));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
