package dev.alig.conformance.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alig.conformance.Implementation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WitnessTest {
  static List<Method> methods() {
    return Arrays.stream(Implementation.class.getMethods()).filter(m -> !m.isSynthetic()).toList();
  }

  /** A default method left out would hide what the subject says of itself. */
  @ParameterizedTest
  @MethodSource("methods")
  void everythingIsPassedOnToTheSubject(Method method) throws NoSuchMethodException {
    Method own = Witness.class.getMethod(method.getName(), method.getParameterTypes());
    assertThat(own.getDeclaringClass()).isEqualTo(Witness.class);
  }
}
