/** The library where it cannot work, and as part of others' builds. */
@NullMarked
package io.sockfd.packaging;

import org.jspecify.annotations.NullMarked;
