/** The same steps on the JDK's channels and on ours, in every state: both must give the same. */
@NullMarked
package io.sockfd.nio.twin;

import org.jspecify.annotations.NullMarked;
