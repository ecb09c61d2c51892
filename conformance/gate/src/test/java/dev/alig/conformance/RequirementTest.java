package dev.alig.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alig.conformance.properties.Checks;
import dev.alig.conformance.subjects.Nd4jConformance;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequirementTest {
  @ParameterizedTest
  @EnumSource
  void everyRequirementIsWorded(Requirement requirement) {
    assertThat(requirement.clause()).matches("\\d+\\.\\d+");
    assertThat(requirement.title()).isNotBlank();
  }

  @Test
  void everyRequirementIsCheckedByAProperty() {
    Set<Requirement> checked = EnumSet.noneOf(Requirement.class);
    for (Method method : Nd4jConformance.class.getMethods()) {
      Checks checks = method.getAnnotation(Checks.class);
      if (checks != null) {
        checked.addAll(Arrays.asList(checks.value()));
      }
    }
    assertThat(checked).containsExactlyInAnyOrder(Requirement.values());
  }

  @Test
  void anUnknownNameIsRefusedWithAllNames() {
    assertThatThrownBy(() -> Requirement.of("MOMENTUM"))
        .hasMessageContaining("MOMENTUM")
        .hasMessageContaining("MOMENTUM_ADJUSTED");
  }
}
