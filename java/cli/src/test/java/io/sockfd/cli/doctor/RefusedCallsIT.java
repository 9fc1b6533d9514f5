package io.sockfd.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sockfd.cli.doctor.Report.FeatureState;
import io.sockfd.cli.kernel.Proc;
import io.sockfd.raw.Libc;
import io.sockfd.raw.Linux;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What doctor says of a system call that an old kernel or a container's filter refuses: what is used instead. */
class RefusedCallsIT {
    private static final Map<String, String> FEATURES = Map.of(
            "epoll_pwait2", "epoll_pwait2",
            "accept4", "accept4",
            "sendmmsg", "sendmmsg, recvmmsg",
            "recvmmsg", "sendmmsg, recvmmsg");

    private static Libc refusing(String call, int errno) {
        return (Libc) Proxy.newProxyInstance(
                Libc.class.getClassLoader(), new Class<?>[] {Libc.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(call)) {
                        return -errno;
                    }
                    try {
                        return method.invoke(Libc.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static FeatureState feature(Libc libc, String name) {
        return Features.probe(libc, Proc.self()).stream()
                .filter(feature -> feature.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "epoll_pwait2, EPERM, epoll_wait",
        "epoll_pwait2, ENOSYS, epoll_wait",
        "accept4, EPERM, accept and fcntl",
        "sendmmsg, EPERM, one call for each message",
        "recvmmsg, ENOSYS, one call for each message"
    })
    void itNamesWhatIsUsedInstead(String call, String errno, String instead) {
        String name = String.valueOf(FEATURES.get(call));
        FeatureState refused = feature(refusing(call, errno.equals("EPERM") ? Linux.EPERM : Linux.ENOSYS), name);
        assertEquals(errno, refused.state());
        assertTrue(refused.detail().contains("used instead: " + instead), refused.detail());
        assertEquals(Report.WORKS, feature(Libc.get(), name).state());
    }
}
