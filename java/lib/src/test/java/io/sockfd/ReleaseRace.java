package io.sockfd;

/**
 * A release, whose caller closes the number at once, against a call: whoever gets the number has it alone, and a call that
 * is inside is not robbed.
 */
final class ReleaseRace extends Race {
    private final Ends ends = new Ends();

    @Override
    int first() {
        return ends.release();
    }

    @Override
    int second() {
        return ends.use();
    }

    /** A release that was refused leaves it open. */
    @Override
    int end() {
        int closed = ends.close();
        return closed == DONE ? ends.end() : DEAD;
    }

    @Override
    boolean allows(int first, int second, int end) {
        return (first == DONE ? second <= DONE : first == REFUSED && second == DONE) && end == Ends.CLOSED + second;
    }
}
