/** The command line of the gate: a supervisor, and a worker process that it survives. */
@NullMarked
package dev.alig.conformance.cli;

import org.jspecify.annotations.NullMarked;
