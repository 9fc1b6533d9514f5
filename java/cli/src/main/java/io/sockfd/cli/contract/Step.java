package io.sockfd.cli.contract;

import java.util.List;

/**
 * One step of a row.
 *
 * @param how what becomes of a failure
 * @param call the function, or "" for a step that is only a value
 * @param arguments of the call; the value of a step that is none
 * @param result the name to remember the value by, or ""
 * @param owned whether the value is a descriptor to close when the row is over
 */
record Step(How how, String call, List<Expr> arguments, String result, boolean owned) {
    enum How {
        /** A failure before the last step ends the row. */
        MUST,
        /** Any result will do. */
        TRY,
        /** Repeated until it fails. */
        UNTIL
    }

    boolean isCall() {
        return !call.isEmpty();
    }

    boolean mustSucceed() {
        return isCall() && how == How.MUST;
    }
}
