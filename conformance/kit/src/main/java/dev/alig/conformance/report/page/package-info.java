/** The report as a page: what its template shows, in words and coordinates. */
@NullMarked
package dev.alig.conformance.report.page;

import org.jspecify.annotations.NullMarked;
