@NullMarked
package io.sockfd.netns;

import org.jspecify.annotations.NullMarked;
