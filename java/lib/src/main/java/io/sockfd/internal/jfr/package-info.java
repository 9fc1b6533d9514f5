/**
 * What the JDK's flight recorder is told: events of operations that connect, accept, send, receive or wait. It knows
 * nothing of the library. {@code jdk.jfr} is optional: {@link io.sockfd.internal.jfr.Flight} says whether it is there and in
 * use, and nobody makes an event before it did.
 */
@NullMarked
package io.sockfd.internal.jfr;

import org.jspecify.annotations.NullMarked;
