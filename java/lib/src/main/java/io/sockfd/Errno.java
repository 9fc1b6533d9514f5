package io.sockfd;

import io.sockfd.raw.Linux;
import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A Linux error number. Any number is a value of this type: one that the kernel knows and this class does not prints as
 * its number.
 *
 * @param value the number, as in {@code errno}; positive
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public record Errno(int value) implements Serializable {
    private static final int KNOWN = 256;
    private static final @Nullable String[] NAMES = new String[KNOWN];
    private static final @Nullable String[] TEXTS = new String[KNOWN];

    public static final Errno EPERM = known(Linux.EPERM, "EPERM", "Operation not permitted");
    public static final Errno ENOENT = known(Linux.ENOENT, "ENOENT", "No such file or directory");
    public static final Errno ESRCH = known(Linux.ESRCH, "ESRCH", "No such process");
    public static final Errno EINTR = known(Linux.EINTR, "EINTR", "Interrupted system call");
    public static final Errno EIO = known(Linux.EIO, "EIO", "Input/output error");
    public static final Errno ENXIO = known(Linux.ENXIO, "ENXIO", "No such device or address");
    public static final Errno E2BIG = known(Linux.E2BIG, "E2BIG", "Argument list too long");
    public static final Errno ENOEXEC = known(Linux.ENOEXEC, "ENOEXEC", "Exec format error");
    public static final Errno EBADF = known(Linux.EBADF, "EBADF", "Bad file descriptor");
    public static final Errno ECHILD = known(Linux.ECHILD, "ECHILD", "No child processes");
    public static final Errno EAGAIN = known(Linux.EAGAIN, "EAGAIN", "Resource temporarily unavailable");
    public static final Errno ENOMEM = known(Linux.ENOMEM, "ENOMEM", "Cannot allocate memory");
    public static final Errno EACCES = known(Linux.EACCES, "EACCES", "Permission denied");
    public static final Errno EFAULT = known(Linux.EFAULT, "EFAULT", "Bad address");
    public static final Errno ENOTBLK = known(Linux.ENOTBLK, "ENOTBLK", "Block device required");
    public static final Errno EBUSY = known(Linux.EBUSY, "EBUSY", "Device or resource busy");
    public static final Errno EEXIST = known(Linux.EEXIST, "EEXIST", "File exists");
    public static final Errno EXDEV = known(Linux.EXDEV, "EXDEV", "Invalid cross-device link");
    public static final Errno ENODEV = known(Linux.ENODEV, "ENODEV", "No such device");
    public static final Errno ENOTDIR = known(Linux.ENOTDIR, "ENOTDIR", "Not a directory");
    public static final Errno EISDIR = known(Linux.EISDIR, "EISDIR", "Is a directory");
    public static final Errno EINVAL = known(Linux.EINVAL, "EINVAL", "Invalid argument");
    public static final Errno ENFILE = known(Linux.ENFILE, "ENFILE", "Too many open files in system");
    public static final Errno EMFILE = known(Linux.EMFILE, "EMFILE", "Too many open files");
    public static final Errno ENOTTY = known(Linux.ENOTTY, "ENOTTY", "Inappropriate ioctl for device");
    public static final Errno ETXTBSY = known(Linux.ETXTBSY, "ETXTBSY", "Text file busy");
    public static final Errno EFBIG = known(Linux.EFBIG, "EFBIG", "File too large");
    public static final Errno ENOSPC = known(Linux.ENOSPC, "ENOSPC", "No space left on device");
    public static final Errno ESPIPE = known(Linux.ESPIPE, "ESPIPE", "Illegal seek");
    public static final Errno EROFS = known(Linux.EROFS, "EROFS", "Read-only file system");
    public static final Errno EMLINK = known(Linux.EMLINK, "EMLINK", "Too many links");
    public static final Errno EPIPE = known(Linux.EPIPE, "EPIPE", "Broken pipe");
    public static final Errno EDOM = known(Linux.EDOM, "EDOM", "Numerical argument out of domain");
    public static final Errno ERANGE = known(Linux.ERANGE, "ERANGE", "Numerical result out of range");
    public static final Errno EDEADLK = known(Linux.EDEADLK, "EDEADLK", "Resource deadlock avoided");
    public static final Errno ENAMETOOLONG = known(Linux.ENAMETOOLONG, "ENAMETOOLONG", "File name too long");
    public static final Errno ENOLCK = known(Linux.ENOLCK, "ENOLCK", "No locks available");
    public static final Errno ENOSYS = known(Linux.ENOSYS, "ENOSYS", "Function not implemented");
    public static final Errno ENOTEMPTY = known(Linux.ENOTEMPTY, "ENOTEMPTY", "Directory not empty");
    public static final Errno ELOOP = known(Linux.ELOOP, "ELOOP", "Too many levels of symbolic links");
    public static final Errno ENOMSG = known(Linux.ENOMSG, "ENOMSG", "No message of desired type");
    public static final Errno EIDRM = known(Linux.EIDRM, "EIDRM", "Identifier removed");
    public static final Errno ECHRNG = known(Linux.ECHRNG, "ECHRNG", "Channel number out of range");
    public static final Errno EL2NSYNC = known(Linux.EL2NSYNC, "EL2NSYNC", "Level 2 not synchronized");
    public static final Errno EL3HLT = known(Linux.EL3HLT, "EL3HLT", "Level 3 halted");
    public static final Errno EL3RST = known(Linux.EL3RST, "EL3RST", "Level 3 reset");
    public static final Errno ELNRNG = known(Linux.ELNRNG, "ELNRNG", "Link number out of range");
    public static final Errno EUNATCH = known(Linux.EUNATCH, "EUNATCH", "Protocol driver not attached");
    public static final Errno ENOCSI = known(Linux.ENOCSI, "ENOCSI", "No CSI structure available");
    public static final Errno EL2HLT = known(Linux.EL2HLT, "EL2HLT", "Level 2 halted");
    public static final Errno EBADE = known(Linux.EBADE, "EBADE", "Invalid exchange");
    public static final Errno EBADR = known(Linux.EBADR, "EBADR", "Invalid request descriptor");
    public static final Errno EXFULL = known(Linux.EXFULL, "EXFULL", "Exchange full");
    public static final Errno ENOANO = known(Linux.ENOANO, "ENOANO", "No anode");
    public static final Errno EBADRQC = known(Linux.EBADRQC, "EBADRQC", "Invalid request code");
    public static final Errno EBADSLT = known(Linux.EBADSLT, "EBADSLT", "Invalid slot");
    public static final Errno EBFONT = known(Linux.EBFONT, "EBFONT", "Bad font file format");
    public static final Errno ENOSTR = known(Linux.ENOSTR, "ENOSTR", "Device not a stream");
    public static final Errno ENODATA = known(Linux.ENODATA, "ENODATA", "No data available");
    public static final Errno ETIME = known(Linux.ETIME, "ETIME", "Timer expired");
    public static final Errno ENOSR = known(Linux.ENOSR, "ENOSR", "Out of streams resources");
    public static final Errno ENONET = known(Linux.ENONET, "ENONET", "Machine is not on the network");
    public static final Errno ENOPKG = known(Linux.ENOPKG, "ENOPKG", "Package not installed");
    public static final Errno EREMOTE = known(Linux.EREMOTE, "EREMOTE", "Object is remote");
    public static final Errno ENOLINK = known(Linux.ENOLINK, "ENOLINK", "Link has been severed");
    public static final Errno EADV = known(Linux.EADV, "EADV", "Advertise error");
    public static final Errno ESRMNT = known(Linux.ESRMNT, "ESRMNT", "Srmount error");
    public static final Errno ECOMM = known(Linux.ECOMM, "ECOMM", "Communication error on send");
    public static final Errno EPROTO = known(Linux.EPROTO, "EPROTO", "Protocol error");
    public static final Errno EMULTIHOP = known(Linux.EMULTIHOP, "EMULTIHOP", "Multihop attempted");
    public static final Errno EDOTDOT = known(Linux.EDOTDOT, "EDOTDOT", "RFS specific error");
    public static final Errno EBADMSG = known(Linux.EBADMSG, "EBADMSG", "Bad message");
    public static final Errno EOVERFLOW = known(Linux.EOVERFLOW, "EOVERFLOW", "Value too large for defined data type");
    public static final Errno ENOTUNIQ = known(Linux.ENOTUNIQ, "ENOTUNIQ", "Name not unique on network");
    public static final Errno EBADFD = known(Linux.EBADFD, "EBADFD", "File descriptor in bad state");
    public static final Errno EREMCHG = known(Linux.EREMCHG, "EREMCHG", "Remote address changed");
    public static final Errno ELIBACC = known(Linux.ELIBACC, "ELIBACC", "Can not access a needed shared library");
    public static final Errno ELIBBAD = known(Linux.ELIBBAD, "ELIBBAD", "Accessing a corrupted shared library");
    public static final Errno ELIBSCN = known(Linux.ELIBSCN, "ELIBSCN", ".lib section in a.out corrupted");
    public static final Errno ELIBMAX =
            known(Linux.ELIBMAX, "ELIBMAX", "Attempting to link in too many shared libraries");
    public static final Errno ELIBEXEC = known(Linux.ELIBEXEC, "ELIBEXEC", "Cannot exec a shared library directly");
    public static final Errno EILSEQ =
            known(Linux.EILSEQ, "EILSEQ", "Invalid or incomplete multibyte or wide character");
    public static final Errno ERESTART =
            known(Linux.ERESTART, "ERESTART", "Interrupted system call should be restarted");
    public static final Errno ESTRPIPE = known(Linux.ESTRPIPE, "ESTRPIPE", "Streams pipe error");
    public static final Errno EUSERS = known(Linux.EUSERS, "EUSERS", "Too many users");
    public static final Errno ENOTSOCK = known(Linux.ENOTSOCK, "ENOTSOCK", "Socket operation on non-socket");
    public static final Errno EDESTADDRREQ = known(Linux.EDESTADDRREQ, "EDESTADDRREQ", "Destination address required");
    public static final Errno EMSGSIZE = known(Linux.EMSGSIZE, "EMSGSIZE", "Message too long");
    public static final Errno EPROTOTYPE = known(Linux.EPROTOTYPE, "EPROTOTYPE", "Protocol wrong type for socket");
    public static final Errno ENOPROTOOPT = known(Linux.ENOPROTOOPT, "ENOPROTOOPT", "Protocol not available");
    public static final Errno EPROTONOSUPPORT =
            known(Linux.EPROTONOSUPPORT, "EPROTONOSUPPORT", "Protocol not supported");
    public static final Errno ESOCKTNOSUPPORT =
            known(Linux.ESOCKTNOSUPPORT, "ESOCKTNOSUPPORT", "Socket type not supported");
    public static final Errno EOPNOTSUPP = known(Linux.EOPNOTSUPP, "EOPNOTSUPP", "Operation not supported");
    public static final Errno EPFNOSUPPORT = known(Linux.EPFNOSUPPORT, "EPFNOSUPPORT", "Protocol family not supported");
    public static final Errno EAFNOSUPPORT =
            known(Linux.EAFNOSUPPORT, "EAFNOSUPPORT", "Address family not supported by protocol");
    public static final Errno EADDRINUSE = known(Linux.EADDRINUSE, "EADDRINUSE", "Address already in use");
    public static final Errno EADDRNOTAVAIL =
            known(Linux.EADDRNOTAVAIL, "EADDRNOTAVAIL", "Cannot assign requested address");
    public static final Errno ENETDOWN = known(Linux.ENETDOWN, "ENETDOWN", "Network is down");
    public static final Errno ENETUNREACH = known(Linux.ENETUNREACH, "ENETUNREACH", "Network is unreachable");
    public static final Errno ENETRESET = known(Linux.ENETRESET, "ENETRESET", "Network dropped connection on reset");
    public static final Errno ECONNABORTED =
            known(Linux.ECONNABORTED, "ECONNABORTED", "Software caused connection abort");
    public static final Errno ECONNRESET = known(Linux.ECONNRESET, "ECONNRESET", "Connection reset by peer");
    public static final Errno ENOBUFS = known(Linux.ENOBUFS, "ENOBUFS", "No buffer space available");
    public static final Errno EISCONN = known(Linux.EISCONN, "EISCONN", "Transport endpoint is already connected");
    public static final Errno ENOTCONN = known(Linux.ENOTCONN, "ENOTCONN", "Transport endpoint is not connected");
    public static final Errno ESHUTDOWN =
            known(Linux.ESHUTDOWN, "ESHUTDOWN", "Cannot send after transport endpoint shutdown");
    public static final Errno ETOOMANYREFS =
            known(Linux.ETOOMANYREFS, "ETOOMANYREFS", "Too many references: cannot splice");
    public static final Errno ETIMEDOUT = known(Linux.ETIMEDOUT, "ETIMEDOUT", "Connection timed out");
    public static final Errno ECONNREFUSED = known(Linux.ECONNREFUSED, "ECONNREFUSED", "Connection refused");
    public static final Errno EHOSTDOWN = known(Linux.EHOSTDOWN, "EHOSTDOWN", "Host is down");
    public static final Errno EHOSTUNREACH = known(Linux.EHOSTUNREACH, "EHOSTUNREACH", "No route to host");
    public static final Errno EALREADY = known(Linux.EALREADY, "EALREADY", "Operation already in progress");
    public static final Errno EINPROGRESS = known(Linux.EINPROGRESS, "EINPROGRESS", "Operation now in progress");
    public static final Errno ESTALE = known(Linux.ESTALE, "ESTALE", "Stale file handle");
    public static final Errno EUCLEAN = known(Linux.EUCLEAN, "EUCLEAN", "Structure needs cleaning");
    public static final Errno ENOTNAM = known(Linux.ENOTNAM, "ENOTNAM", "Not a XENIX named type file");
    public static final Errno ENAVAIL = known(Linux.ENAVAIL, "ENAVAIL", "No XENIX semaphores available");
    public static final Errno EISNAM = known(Linux.EISNAM, "EISNAM", "Is a named type file");
    public static final Errno EREMOTEIO = known(Linux.EREMOTEIO, "EREMOTEIO", "Remote I/O error");
    public static final Errno EDQUOT = known(Linux.EDQUOT, "EDQUOT", "Disk quota exceeded");
    public static final Errno ENOMEDIUM = known(Linux.ENOMEDIUM, "ENOMEDIUM", "No medium found");
    public static final Errno EMEDIUMTYPE = known(Linux.EMEDIUMTYPE, "EMEDIUMTYPE", "Wrong medium type");
    public static final Errno ECANCELED = known(Linux.ECANCELED, "ECANCELED", "Operation canceled");
    public static final Errno ENOKEY = known(Linux.ENOKEY, "ENOKEY", "Required key not available");
    public static final Errno EKEYEXPIRED = known(Linux.EKEYEXPIRED, "EKEYEXPIRED", "Key has expired");
    public static final Errno EKEYREVOKED = known(Linux.EKEYREVOKED, "EKEYREVOKED", "Key has been revoked");
    public static final Errno EKEYREJECTED = known(Linux.EKEYREJECTED, "EKEYREJECTED", "Key was rejected by service");
    public static final Errno EOWNERDEAD = known(Linux.EOWNERDEAD, "EOWNERDEAD", "Owner died");
    public static final Errno ENOTRECOVERABLE =
            known(Linux.ENOTRECOVERABLE, "ENOTRECOVERABLE", "State not recoverable");
    public static final Errno ERFKILL = known(Linux.ERFKILL, "ERFKILL", "Operation not possible due to RF-kill");
    public static final Errno EHWPOISON = known(Linux.EHWPOISON, "EHWPOISON", "Memory page has hardware error");

    /** Another name of {@link #EAGAIN}. */
    public static final Errno EWOULDBLOCK = EAGAIN;

    /** Another name of {@link #EDEADLK}. */
    public static final Errno EDEADLOCK = EDEADLK;

    /** Another name of {@link #EOPNOTSUPP}. */
    public static final Errno ENOTSUP = EOPNOTSUPP;

    /**
     * The error that a raw call returned.
     *
     * @param result a negative result of {@link io.sockfd.raw.Libc}
     * @throws IllegalArgumentException when it is not negative
     */
    public static Errno ofResult(long result) {
        if (result >= 0) {
            throw new IllegalArgumentException("not an error: " + result);
        }
        return new Errno((int) -result);
    }

    /** C's name, for instance {@code ECONNREFUSED}; {@code errno 999} where there is none. */
    public String name() {
        String name = value > 0 && value < KNOWN ? NAMES[value] : null;
        return name != null ? name : "errno " + value;
    }

    /** What {@code strerror(3)} says of it in the C locale. */
    public String text() {
        String text = value > 0 && value < KNOWN ? TEXTS[value] : null;
        return text != null ? text : String.format(Locale.ROOT, "Unknown error %d", value);
    }

    /** Name and text: {@code EACCES (Permission denied)}. */
    @Override
    public String toString() {
        return name() + " (" + text() + ")";
    }

    private static Errno known(int value, String name, String text) {
        NAMES[value] = name;
        TEXTS[value] = text;
        return new Errno(value);
    }
}
