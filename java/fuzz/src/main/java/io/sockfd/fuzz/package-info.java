/** Targets for Jazzer: each takes bytes and throws only when something is wrong with the library. */
@NullMarked
package io.sockfd.fuzz;

import org.jspecify.annotations.NullMarked;
