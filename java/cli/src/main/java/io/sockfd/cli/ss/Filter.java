package io.sockfd.cli.ss;

/** Which sockets are shown. */
interface Filter {
    Filter ALL = entry -> true;

    boolean matches(Entry entry);

    default Filter and(Filter other) {
        return entry -> matches(entry) && other.matches(entry);
    }

    default Filter or(Filter other) {
        return entry -> matches(entry) || other.matches(entry);
    }

    default Filter not() {
        return entry -> !matches(entry);
    }
}
