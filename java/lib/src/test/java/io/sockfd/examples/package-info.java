/** The programs of java/examples, each as a process of its own, against peers that are not this library. */
@NullMarked
package io.sockfd.examples;

import org.jspecify.annotations.NullMarked;
