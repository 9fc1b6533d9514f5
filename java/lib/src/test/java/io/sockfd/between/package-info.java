/** What happens when a descriptor is closed, and its number is another's, between two system calls of one operation. */
@NullMarked
package io.sockfd.between;

import org.jspecify.annotations.NullMarked;
