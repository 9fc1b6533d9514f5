/** Waits in every family, and what ends them. */
@NullMarked
package io.sockfd.wake;

import org.jspecify.annotations.NullMarked;
