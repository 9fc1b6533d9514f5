@NullMarked
package io.sockfd.address;

import org.jspecify.annotations.NullMarked;
