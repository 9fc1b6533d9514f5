@NullMarked
package io.sockfd.benchmarks.report;

import org.jspecify.annotations.NullMarked;
