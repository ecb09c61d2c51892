/** Trained cases: which there are, what rounding may make of them, and who is to blame. */
@NullMarked
package dev.alig.conformance.trained;

import org.jspecify.annotations.NullMarked;
