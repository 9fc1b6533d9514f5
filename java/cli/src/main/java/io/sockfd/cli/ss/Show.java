package io.sockfd.cli.ss;

/** How much is said of each socket. */
record Show(boolean numeric, boolean timers, boolean extended, boolean memory, boolean info, boolean processes) {}
