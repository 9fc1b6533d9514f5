package io.sockfd.raw.struct;

/**
 * What SCM_TIMESTAMPING carries. See {@code linux/errqueue.h}.
 *
 * <pre>
 *         +-----------------------+
 *      0  | struct timespec[3] ts |  0 software, 1 unused, 2 hardware
 *     48  +-----------------------+
 * </pre>
 */
public final class ScmTimestamping {
    public static final int SIZE = 48;

    public static final int TS = 0;

    private ScmTimestamping() {}
}
