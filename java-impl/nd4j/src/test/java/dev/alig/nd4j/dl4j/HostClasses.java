package dev.alig.nd4j.dl4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The classes of DL4J and ND4J themselves, read from their jars. */
final class HostClasses {
  private HostClasses() {}

  /** All classes that can be made and are of a type, from the jar that the type is in. */
  static List<Class<?>> of(Class<?> type) {
    try (JarFile jar = new JarFile(Path.of(location(type)).toFile())) {
      return jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .filter(
              name ->
                  name.startsWith("org.deeplearning4j.nn.conf")
                      || name.startsWith("org.nd4j.linalg"))
          .flatMap(HostClasses::load)
          .filter(type::isAssignableFrom)
          .filter(found -> !Modifier.isAbstract(found.getModifiers()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private static Stream<Class<?>> load(String name) {
    try {
      return Stream.of(Class.forName(name, false, HostClasses.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Stream.of();
    }
  }
}
