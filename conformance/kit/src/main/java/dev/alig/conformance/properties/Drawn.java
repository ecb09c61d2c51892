package dev.alig.conformance.properties;

import dev.alig.conformance.Requirement;
import dev.alig.conformance.cases.RequirementCases;
import dev.alig.conformance.model.StepCase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.providers.TypeUsage;

/** A parameter that takes the cases which {@link RequirementCases} draws for a requirement. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@ForAll(supplier = Drawn.Supplier.class)
@interface Drawn {
  /** The requirement. */
  Requirement value();

  /** Finds the generator of the annotation's requirement. */
  final class Supplier implements ArbitrarySupplier<StepCase> {
    @Override
    public Arbitrary<StepCase> supplyFor(TypeUsage parameter) {
      return RequirementCases.of(
          parameter.findAnnotation(Drawn.class).map(Drawn::value).orElseThrow());
    }
  }
}
