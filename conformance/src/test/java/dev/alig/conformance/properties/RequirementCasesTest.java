package dev.alig.conformance.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Scripted;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.subjects.Nd4jConformance;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The properties draw their cases from the registry that defective optimizers are tried on. */
class RequirementCasesTest {
  private static final ConformanceSuite SUITE = new Nd4jConformance();

  static Stream<Method> propertiesOnScriptedCases() {
    return Arrays.stream(ConformanceSuite.class.getMethods())
        .filter(method -> method.isAnnotationPresent(Property.class))
        .filter(method -> List.of(method.getParameterTypes()).contains(Scripted.class));
  }

  @ParameterizedTest
  @MethodSource("propertiesOnScriptedCases")
  void aPropertyDrawsTheCasesOfItsRequirement(Method property) throws Exception {
    Object provided = provider(property).invoke(SUITE);
    assertThat(RequirementCases.of(property.getAnnotation(Checks.class).value()[0]))
        .isSameAs(provided);
  }

  @Test
  void noGeneratorOfTheRegistryIsWithoutItsProperty() {
    assertThat(propertiesOnScriptedCases().map(p -> p.getAnnotation(Checks.class).value()[0]))
        .containsAll(RequirementCases.all().keySet());
  }

  private static Method provider(Method property) {
    Parameter parameter = property.getParameters()[0];
    String name = parameter.getAnnotation(ForAll.class).value();
    return Arrays.stream(ConformanceSuite.class.getMethods())
        .filter(method -> method.isAnnotationPresent(Provide.class))
        .filter(method -> name(method).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(property + " has no provider " + name));
  }

  private static String name(Method provider) {
    String given = provider.getAnnotation(Provide.class).value();
    return given.isEmpty() ? provider.getName() : given;
  }
}
