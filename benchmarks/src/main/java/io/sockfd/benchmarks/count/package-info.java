/**
 * Counting instead of timing: system calls by strace(1), bytes by the JVM, instructions by callgrind. What is counted does
 * not depend on the machine's load, and is kept as a budget; see {@link io.sockfd.benchmarks.count.Budgets}.
 */
@NullMarked
package io.sockfd.benchmarks.count;

import org.jspecify.annotations.NullMarked;
