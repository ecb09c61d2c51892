package dev.alig.conformance.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.model.StepCase;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The properties draw their cases from the registry that defective optimizers are tried on. */
class RequirementCasesTest {
  /** All but KERNELS, whose cases follow from the subject's own thresholds. */
  static Stream<Method> propertiesOnStepCases() {
    return Arrays.stream(ConformanceSuite.class.getMethods())
        .filter(method -> method.isAnnotationPresent(Property.class))
        .filter(method -> requirement(method) != Requirement.KERNELS)
        .filter(method -> List.of(method.getParameterTypes()).contains(StepCase.class));
  }

  private static Requirement requirement(Method property) {
    return property.getAnnotation(Checks.class).value()[0];
  }

  @ParameterizedTest
  @MethodSource("propertiesOnStepCases")
  void aPropertyDrawsTheCasesOfItsRequirement(Method property) {
    Drawn drawn = property.getParameters()[0].getAnnotation(Drawn.class);
    assertThat(drawn).isNotNull();
    assertThat(drawn.value()).isEqualTo(requirement(property));
  }

  @Test
  void everyGeneratorOfTheRegistryHasItsProperty() {
    assertThat(propertiesOnStepCases().map(RequirementCasesTest::requirement))
        .containsAll(RequirementCases.all().keySet());
  }
}
