package io.sockfd.internal.jmx;

import io.sockfd.internal.wait.Life;
import io.sockfd.internal.wait.Memberships;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The counters of something while its descriptor is open. They leave as soon as that is closed, by whomever. Nothing here may
 * refer to the object that users hold, or a ring that nobody closed would never be found to be unreachable.
 */
public final class Shown extends Memberships.Membership {
    private static final Set<Shown> OPEN = ConcurrentHashMap.newKeySet();
    private static volatile @Nullable Server server;

    private final String type;
    private final Object counters;
    private boolean closed; // as the next, under the monitor
    private @Nullable Server place;
    private @Nullable Object name; // there

    /** Where they are shown. */
    public interface Server {
        /** Shows counters, an MXBean; under which name, null when they are refused. */
        @Nullable
        Object show(String type, Object counters);

        /** Shows what has this name no longer. */
        void hide(Object name);
    }

    private Shown(String type, Object counters) {
        this.type = type;
        this.counters = counters;
    }

    /**
     * Shows counters as long as a descriptor is open, when and as soon as somebody wants to see them.
     *
     * @param life the descriptor's
     * @param type what kind of thing it is
     */
    public static void open(Life life, String type, Object counters) {
        Shown shown = new Shown(type, counters);
        life.memberships().add(shown);
        OPEN.add(shown);
        shown.update();
        if (life.isClosed()) { // before it could be told
            shown.invalidate();
        }
    }

    /** From now on all that are open and will be are shown there; null for nowhere. */
    public static void at(@Nullable Server where) {
        server = where;
        for (Shown shown : OPEN) {
            shown.hide();
            shown.update();
        }
    }

    private synchronized void update() {
        Server where = server;
        if (where != null && !closed && name == null) {
            place = where;
            name = where.show(type, counters);
        }
    }

    private synchronized void hide() {
        Object known = name;
        if (known != null && place != null) {
            name = null;
            place.hide(known);
        }
    }

    @Override
    protected synchronized void invalidate() {
        closed = true;
        OPEN.remove(this);
        hide();
    }

    @Override
    protected void leave(int fd) {}
}
