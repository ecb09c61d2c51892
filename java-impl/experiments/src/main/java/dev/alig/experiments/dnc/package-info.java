/** The differentiable neural computer that learns to repeat a pattern. */
@NullMarked
package dev.alig.experiments.dnc;

import org.jspecify.annotations.NullMarked;
