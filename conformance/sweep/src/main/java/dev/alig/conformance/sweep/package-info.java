/** The gate in many circumstances: rows, what changes between them, and who is to blame. */
@NullMarked
package dev.alig.conformance.sweep;

import org.jspecify.annotations.NullMarked;
