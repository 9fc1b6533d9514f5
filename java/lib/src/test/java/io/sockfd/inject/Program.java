package io.sockfd.inject;

/** Something that a user does with this library, from nothing to all closed again. */
@FunctionalInterface
interface Program {
    /** Throws what went wrong, also when a result is not what it should be. */
    void run(Crew crew) throws Exception;
}
