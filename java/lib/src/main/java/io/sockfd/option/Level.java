package io.sockfd.option;

import io.sockfd.Codec;
import io.sockfd.Option;
import io.sockfd.Option.Access;

/** A level of options; keeps each option at one line. */
record Level(int number) {

    <T> Option<T> rw(String name, int optname, Codec<T> codec) {
        return Option.of(name, number, optname, Access.READ_WRITE, codec);
    }

    <T> Option<T> r(String name, int optname, Codec<T> codec) {
        return Option.of(name, number, optname, Access.READ_ONLY, codec);
    }

    <T> Option<T> w(String name, int optname, Codec<T> codec) {
        return Option.of(name, number, optname, Access.WRITE_ONLY, codec);
    }

    <T> Option<T> cmsg(String name, int optname, Codec<T> codec) {
        return Option.of(name, number, optname, Access.CONTROL_MESSAGE, codec);
    }
}
