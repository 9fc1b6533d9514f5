package io.sockfd.uring;

/** The counters of a ring; it does not keep the ring. */
record RingCounters(Core core) implements RingMXBean {
    @Override
    public int getDescriptor() {
        return core.fd();
    }

    @Override
    public String getThread() {
        return core.threadName();
    }

    @Override
    public long getSubmissions() {
        return core.statistics().submissions();
    }

    @Override
    public long getCompletions() {
        return core.statistics().completions();
    }

    @Override
    public int getInFlight() {
        return core.inFlight();
    }

    @Override
    public long getEmptyBuffers() {
        return core.statistics().emptyBuffers();
    }

    @Override
    public long getLost() {
        return core.statistics().lost();
    }
}
