package dev.alig.conformance.properties;

import dev.alig.conformance.Requirement;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/** Names the requirements that a property checks. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@API(status = API.Status.STABLE, since = "0.1")
public @interface Checks {
  /** The requirements, the main one first. */
  Requirement[] value();
}
