/**
 * The backend that needs nothing of the JDK but JNI, and nothing on the class path: a library of C in the jar.
 *
 * <p>One pair of classes knows each other: {@code JniLibc} has the natives, which cannot be called before {@code Shim} has
 * loaded the library and told it for which class they are; it is named after where a build may have moved this package.
 */
@NullMarked
package io.sockfd.internal.jni;

import org.jspecify.annotations.NullMarked;
