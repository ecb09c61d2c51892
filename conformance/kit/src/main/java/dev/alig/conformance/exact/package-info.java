/** Arithmetic without rounding errors. */
@NullMarked
package dev.alig.conformance.exact;

import org.jspecify.annotations.NullMarked;
