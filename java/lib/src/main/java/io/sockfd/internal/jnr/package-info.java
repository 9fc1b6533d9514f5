@NullMarked
package io.sockfd.internal.jnr;

import org.jspecify.annotations.NullMarked;
