/** Runs commands as tasks of a Spark cluster. It knows nothing of the gate. */
@NullMarked
package dev.alig.conformance.cluster;

import org.jspecify.annotations.NullMarked;
