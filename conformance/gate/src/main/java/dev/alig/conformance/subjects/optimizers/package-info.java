/** The optimizers of the paper's tables as subjects: what their steps are, and their cases. */
@NullMarked
package dev.alig.conformance.subjects.optimizers;

import org.jspecify.annotations.NullMarked;
