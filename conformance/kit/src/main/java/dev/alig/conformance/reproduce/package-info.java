/**
 * Tests that reproduce a failure by themselves: a JUnit test for the subject, a pytest for the
 * oracle.
 */
@NullMarked
package dev.alig.conformance.reproduce;

import org.jspecify.annotations.NullMarked;
