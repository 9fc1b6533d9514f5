/**
 * The life of a descriptor: who is inside of it, who waits for it, and how a close ends that. It knows {@link
 * io.sockfd.raw} and {@link io.sockfd.address} alone; waits give events or -errno, and exceptions are made above.
 *
 * <pre>
 *   the word of a {@link io.sockfd.internal.wait.Guard}, one per {@link io.sockfd.internal.wait.Life}
 *   +--------+------+-----------+----------+---------------------------------------------+
 *   | CLOSED | HELD | DESTROYED | RELEASED | calls inside, of all threads but the owner  |
 *   +--------+------+-----------+----------+---------------------------------------------+
 *     31       30     29          28         27 … 0
 *   the owner, a thread that came often, counts in a field of its own with plain instructions
 *
 *                enter, exit                    close: calls inside          the last exit
 *               +----------+                   +------------------+         +-------------+
 *      begin    |          v     close         |                  v         |             v
 *   ---------> open, n calls inside ---------> closed, n calls inside ---------------> destroyed: close(2)
 *                  |                                 no new call, waits end                 ^
 *                  |  close: no call inside                                                 |
 *                  +------------------------------------------------------------------------+
 *                  |  release: no call inside
 *                  +---------------------------------------------------------> destroyed, the number stays open
 * </pre>
 *
 * <p>The flags: CLOSED, no call may enter. DESTROYED is set by whoever destroys, so that only one does. RELEASED stands beside
 * CLOSED after a release, which destroys itself. HELD stands for the moment in which a release looks whether the owner is
 * inside: nobody enters or closes, and whoever comes spins until it is gone. A {@linkplain
 * io.sockfd.internal.wait.Guard#hold hold} is a call inside that outlives its method and may end on another thread: that of an
 * operation in a ring, for instance.
 *
 * <p>A close does these steps, in this order: it sets CLOSED; it invalidates the {@linkplain
 * io.sockfd.internal.wait.Memberships memberships}, so that no event is delivered any more; where no other thread is inside and
 * the guard has an owner, it asks the owner's thread for a memory barrier, and looks at the owner's count; it destroys when
 * nobody is inside, and else tells what ends with the descriptor, and wakes all who are on the list of {@link
 * io.sockfd.internal.wait.Sleepers}. To destroy, once, by whoever is last: it leaves the epoll sets, lets the poller forget the
 * number, and calls close(2).
 *
 * <table>
 * <caption>Who may wait, in which way, between enter and exit</caption>
 * <tr><th>thread</th><th>how</th><th>readiness comes from</th><th>a close or an interrupt wakes it by</th></tr>
 * <tr><td>platform, no deadline, O_NONBLOCK is off</td><td>{@link io.sockfd.internal.wait.BlockedSleeper}: inside of recv(2),
 *     recvfrom(2), recvmsg(2), recvmmsg(2) or connect(2)</td><td>the call itself</td><td>the JDK's {@linkplain io.sockfd.internal.wait.WakeSignal signal}, again
 *     until the thread is back, or shutdown(2)</td></tr>
 * <tr><td>platform</td><td>{@link io.sockfd.internal.wait.PolledSleeper}: in ppoll(2)</td><td>ppoll(2)</td><td>a write to
 *     the sleeper's eventfd, which ppoll(2) watches, too</td></tr>
 * <tr><td>virtual</td><td>{@link io.sockfd.internal.wait.ParkedSleeper}: parked</td><td>the {@link
 *     io.sockfd.internal.wait.Poller}, which unparks it</td><td>unpark</td></tr>
 * </table>
 *
 * <p>How long and how often is one thing, how to sleep another: a {@link io.sockfd.internal.wait.Wait} has the deadline, the
 * pauses and the count of false promises of one operation, and a {@link io.sockfd.internal.wait.Sleeper}. It puts the sleeper
 * on the list first and then looks whether the descriptor is closed, while a close first says so and then wakes all on the
 * list: one of the two sees the other. A wake that comes before the sleep is kept: in the eventfd, in the thread's permit, or
 * by sending the signal again. No wait uses the memory of a thread that a call was given ({@code
 * io.sockfd.internal.memory}): what an operation sends may lie there while it waits.
 *
 * <p>What ends a sleep, beside readiness and the deadline: a close; an interrupt, which is a close of the descriptor, or of its
 * {@link io.sockfd.internal.wait.WaitOwner} where it has one; a changed timeout, and a shutdown of sending, after which the
 * sleepers on the list only look again, with a new deadline or for a failing send. For a state that the kernel gives no readiness
 * for, as a full UNIX datagram receiver, a Wait sleeps for a pause that grows from 0.1 to 20 ms, and makes the call again.
 *
 * <p>Who knows whom goes one way: Wait, Life, Sleepers, Sleeper; of its descriptor a sleeper knows what {@code Sleepable}
 * says. A Poller knows its waiters as Polled, in the list of the Watched number, and a ParkedSleeper is one. One pair of
 * classes knows each other: a Life tells OpenLives when it begins and ends, and those are lives that OpenLives lists.
 */
@NullMarked
package io.sockfd.internal.wait;

import org.jspecify.annotations.NullMarked;
