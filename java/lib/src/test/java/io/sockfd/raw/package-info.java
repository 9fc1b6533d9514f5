@NullMarked
package io.sockfd.raw;

import org.jspecify.annotations.NullMarked;
