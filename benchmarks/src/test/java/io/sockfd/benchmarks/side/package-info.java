@NullMarked
package io.sockfd.benchmarks.side;

import org.jspecify.annotations.NullMarked;
