/** {@code ci/experiment}: the command, one run with its checkpoints, and the table of all runs. */
@NullMarked
package dev.alig.experiments.run;

import org.jspecify.annotations.NullMarked;
