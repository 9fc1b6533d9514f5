@NullMarked
package io.sockfd.benchmarks.rights;

import org.jspecify.annotations.NullMarked;
