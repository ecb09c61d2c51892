/**
 * Sets up the Python environment that the reference runs in: once per machine, by uv, in the user's
 * cache folder.
 *
 * <p>{@link dev.alig.python.PythonEnvironment} is the way in; {@link dev.alig.python.Main} is the
 * same from a command line. Everything that can go wrong in a set-up is an {@link
 * dev.alig.python.EnvironmentException} with a remedy.
 */
@NullMarked
package dev.alig.python;

import org.jspecify.annotations.NullMarked;
