/** What the way into C costs by itself, before the kernel does anything. */
@NullMarked
package io.sockfd.benchmarks.call;

import org.jspecify.annotations.NullMarked;
