package io.sockfd.cli.contract;

import java.util.List;

/** A value of the table's language. Every value is a {@code long}; memory is its address. */
sealed interface Expr {
    /** Evaluated afresh each time: memory is allocated, names are remembered. */
    long value(Scope scope);

    record Literal(long number) implements Expr {
        @Override
        public long value(Scope scope) {
            return number;
        }
    }

    record Text(String text) implements Expr {
        @Override
        public long value(Scope scope) {
            return scope.allocate(Builders.text(text));
        }
    }

    /** A variable, one of the words of the language, or a constant. */
    record Name(String name) implements Expr {
        @Override
        public long value(Scope scope) {
            return scope.lookUp(name);
        }
    }

    record Size(String name) implements Expr {
        @Override
        public long value(Scope scope) {
            return scope.memory(scope.lookUp(name)).capacity();
        }
    }

    record Negative(Expr of) implements Expr {
        @Override
        public long value(Scope scope) {
            return -of.value(scope);
        }
    }

    record Or(Expr left, Expr right) implements Expr {
        @Override
        public long value(Scope scope) {
            return left.value(scope) | right.value(scope);
        }
    }

    record Remembered(String name, Expr of) implements Expr {
        @Override
        public long value(Scope scope) {
            long value = of.value(scope);
            scope.set(name, value);
            return value;
        }
    }

    /** A struct or a read: {@link Builders}, {@link Reads}. */
    record Built(String name, List<Expr> arguments) implements Expr {
        @Override
        public long value(Scope scope) {
            return Reads.knows(name)
                    ? Reads.read(scope, name, arguments)
                    : scope.allocate(Builders.build(scope, name, arguments));
        }
    }
}
