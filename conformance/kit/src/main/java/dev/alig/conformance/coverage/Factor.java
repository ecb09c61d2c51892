package dev.alig.conformance.coverage;

import static org.apiguardian.api.API.Status.INTERNAL;

import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;

/** A group of circumstances. They exclude one another, except those of {@link #SPECIAL}. */
@API(status = INTERNAL, since = "0.1")
public enum Factor {
  /** Whether the group's cap decided its step size. */
  CAP,
  /** How large the group's momentum is. */
  MOMENTUM,
  /** The form of the momentum. */
  FORM,
  /** What the projection did after the step. */
  PROJECTION,
  /** How many groups there are. */
  GROUPS,
  /** The format. */
  DTYPE,
  /** How many parameters lack a gradient. */
  GRADIENTS,
  /** What is special about the gradients; several things may be. */
  SPECIAL,
  /** How Python receives the loss. */
  LOSS_KIND,
  /** The sign of the loss. */
  LOSS_SIGN;

  /** The levels of this factor. */
  public List<Level> levels() {
    return Arrays.stream(Level.values()).filter(level -> level.factor() == this).toList();
  }
}
