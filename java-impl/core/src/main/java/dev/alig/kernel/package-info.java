/**
 * The arithmetic of ALI-G on Java arrays, for the adapters of this project.
 *
 * <p>Internal: it is public only because each framework's adapter is a separate artifact. It may
 * change in any release.
 */
@NullMarked
package dev.alig.kernel;

import org.jspecify.annotations.NullMarked;
