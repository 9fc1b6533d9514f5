package io.sockfd;

/** A close against a close, after which something new is opened and gets the same number: that one must stay open. */
final class CloseTwiceRace extends Race {
    private final Ends ends = new Ends();
    private volatile Ends successor = ends;

    @Override
    int first() {
        return ends.close();
    }

    @Override
    int second() {
        int closed = ends.close();
        successor = new Ends();
        return closed;
    }

    @Override
    int end() {
        int first = ends.end();
        int used = successor.use();
        int closed = successor.close();
        return first == Ends.CLOSED && used == DONE && closed == DONE && successor.end() == Ends.CLOSED + 1
                ? DONE
                : DEAD;
    }

    @Override
    boolean allows(int first, int second, int end) {
        return first == DONE && second == DONE && end == DONE;
    }
}
