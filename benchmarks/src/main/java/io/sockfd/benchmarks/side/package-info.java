/**
 * Side by side: all contestants of a row take turns in one pinned JVM, in slices of a few milliseconds, so that whatever
 * disturbs the machine disturbs all of them; figures are ratios within a round.
 */
@NullMarked
package io.sockfd.benchmarks.side;

import org.jspecify.annotations.NullMarked;
