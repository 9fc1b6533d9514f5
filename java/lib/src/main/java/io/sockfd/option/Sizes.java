package io.sockfd.option;

/** Bytes to offer for values without a struct of their own, and the lengths of C's character fields with their NUL. */
final class Sizes {
    /** TCP_CA_NAME_MAX, TCP_ULP_NAME_MAX. */
    static final int NAME = 16;

    static final int PEERSEC = 1024;
    static final int SOCKADDR_IN = 16;
    static final int SOCKADDR_IN6 = 28;
    static final int IP_OPTIONS_MAX = 40;
    static final int XFRM_POLICY = 512;
    static final int PKTOPTIONS = 1024;
    /** An IPv6 extension header counts its length in 8 bytes with one byte. */
    static final int EXTENSION_HEADER = 2048;

    static final int FASTOPEN_KEYS = 32;
    /** Ethernet, IPv6 and TCP with all their options. */
    static final int SAVED_SYN = 512;

    /** More than the longest key or seed that the kernel's cryptography takes. */
    static final int ALG_KEY = 512;

    private Sizes() {}
}
