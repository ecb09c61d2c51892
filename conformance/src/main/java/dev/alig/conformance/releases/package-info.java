/** The gate against many releases of torch: what conforms, what changed, and since when. */
@NullMarked
package dev.alig.conformance.releases;

import org.jspecify.annotations.NullMarked;
