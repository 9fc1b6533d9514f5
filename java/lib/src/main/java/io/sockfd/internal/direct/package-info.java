/**
 * What {@link io.sockfd.raw} asks of a backend and C does not have. It knows nothing else of the library: backends implement
 * it, {@code raw.Memory} is who asks.
 */
@NullMarked
package io.sockfd.internal.direct;

import org.jspecify.annotations.NullMarked;
