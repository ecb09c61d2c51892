/** Turns a journal into the report: JSON, HTML and the table on the terminal. */
@NullMarked
package dev.alig.conformance.report;

import org.jspecify.annotations.NullMarked;
