@NullMarked
package io.sockfd;

import org.jspecify.annotations.NullMarked;
