/** The sentences of the Javadoc of java.nio.channels, each as code that any provider must pass. */
@NullMarked
package io.sockfd.nio.sentence;

import org.jspecify.annotations.NullMarked;
