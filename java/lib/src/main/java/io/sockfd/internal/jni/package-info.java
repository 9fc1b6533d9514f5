@NullMarked
package io.sockfd.internal.jni;

import org.jspecify.annotations.NullMarked;
