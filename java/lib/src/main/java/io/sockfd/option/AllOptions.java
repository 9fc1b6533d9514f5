package io.sockfd.option;

import io.sockfd.Option;
import io.sockfd.OptionTable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** All options of this package, level by level. */
public final class AllOptions implements OptionTable {
    /** The classes of the levels, the rarer ones last. */
    static final List<Class<?>> LEVELS = List.of(
            SocketOptions.class,
            IpOptions.class,
            Ipv6Options.class,
            TcpOptions.class,
            UdpOptions.class,
            IcmpOptions.class,
            PacketOptions.class,
            NetlinkOptions.class,
            VsockOptions.class,
            XdpOptions.class,
            MptcpOptions.class,
            SctpOptions.class,
            TipcOptions.class,
            CanRawOptions.class,
            CanIsotpOptions.class,
            J1939Options.class,
            AlgOptions.class,
            TlsOptions.class,
            BluetoothOptions.class);

    private static final List<Option<?>> OPTIONS = load();

    /** Called by {@link java.util.ServiceLoader}; use {@link OptionTable#all}. */
    public AllOptions() {}

    @Override
    public List<Option<?>> options() {
        return OPTIONS;
    }

    /** The constants themselves, so that an option is one line in one place. */
    private static List<Option<?>> load() {
        List<Option<?>> options = new ArrayList<>();
        for (Class<?> level : LEVELS) {
            for (Field field : level.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == Option.class) {
                    try {
                        options.add((Option<?>) field.get(null));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e); // public
                    }
                }
            }
        }
        return List.copyOf(options);
    }
}
