package io.sockfd.family;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The row of the table that a test class fills. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Tests {
    /** For instance {@code CAN}. */
    String family();

    /** The socket's type and protocol, for instance {@code SOCK_RAW CAN_RAW}. */
    String type();
}
