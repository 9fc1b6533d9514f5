@NullMarked
package io.sockfd.packet;

import org.jspecify.annotations.NullMarked;
