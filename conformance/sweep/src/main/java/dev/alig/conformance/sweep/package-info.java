/** The gate in many configurations: rows, what changes between them, and which part is wrong. */
@NullMarked
package dev.alig.conformance.sweep;

import org.jspecify.annotations.NullMarked;
