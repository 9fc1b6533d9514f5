/** What the measurements have come to, for people and for programs. */
@NullMarked
package io.sockfd.benchmarks.report;

import org.jspecify.annotations.NullMarked;
