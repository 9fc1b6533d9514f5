/**
 * Sockets and memory segments, on Java 22 and later. It calls native code: start java with {@code
 * --enable-native-access=io.sockfd,io.sockfd.segments} (on the class path {@code ALL-UNNAMED}).
 */
@org.jspecify.annotations.NullMarked
module io.sockfd.segments {
    requires static org.jspecify;
    requires transitive io.sockfd;

    exports io.sockfd.segment;
}
