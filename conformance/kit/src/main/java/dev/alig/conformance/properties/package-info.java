/** The properties of the suite, as claims about an optimizer; extend {@link ConformanceSuite}. */
@NullMarked
package dev.alig.conformance.properties;

import org.jspecify.annotations.NullMarked;
