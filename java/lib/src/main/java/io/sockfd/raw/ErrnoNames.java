package io.sockfd.raw;

import org.jspecify.annotations.Nullable;

/**
 * The names of the kernel's error numbers, and what strerror(3) says of them in the C locale.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public final class ErrnoNames {
    private static final int KNOWN = 256;
    private static final @Nullable String[] NAMES = new String[KNOWN];
    private static final @Nullable String[] TEXTS = new String[KNOWN];

    static {
        known(Linux.EPERM, "EPERM", "Operation not permitted");
        known(Linux.ENOENT, "ENOENT", "No such file or directory");
        known(Linux.ESRCH, "ESRCH", "No such process");
        known(Linux.EINTR, "EINTR", "Interrupted system call");
        known(Linux.EIO, "EIO", "Input/output error");
        known(Linux.ENXIO, "ENXIO", "No such device or address");
        known(Linux.E2BIG, "E2BIG", "Argument list too long");
        known(Linux.ENOEXEC, "ENOEXEC", "Exec format error");
        known(Linux.EBADF, "EBADF", "Bad file descriptor");
        known(Linux.ECHILD, "ECHILD", "No child processes");
        known(Linux.EAGAIN, "EAGAIN", "Resource temporarily unavailable");
        known(Linux.ENOMEM, "ENOMEM", "Cannot allocate memory");
        known(Linux.EACCES, "EACCES", "Permission denied");
        known(Linux.EFAULT, "EFAULT", "Bad address");
        known(Linux.ENOTBLK, "ENOTBLK", "Block device required");
        known(Linux.EBUSY, "EBUSY", "Device or resource busy");
        known(Linux.EEXIST, "EEXIST", "File exists");
        known(Linux.EXDEV, "EXDEV", "Invalid cross-device link");
        known(Linux.ENODEV, "ENODEV", "No such device");
        known(Linux.ENOTDIR, "ENOTDIR", "Not a directory");
        known(Linux.EISDIR, "EISDIR", "Is a directory");
        known(Linux.EINVAL, "EINVAL", "Invalid argument");
        known(Linux.ENFILE, "ENFILE", "Too many open files in system");
        known(Linux.EMFILE, "EMFILE", "Too many open files");
        known(Linux.ENOTTY, "ENOTTY", "Inappropriate ioctl for device");
        known(Linux.ETXTBSY, "ETXTBSY", "Text file busy");
        known(Linux.EFBIG, "EFBIG", "File too large");
        known(Linux.ENOSPC, "ENOSPC", "No space left on device");
        known(Linux.ESPIPE, "ESPIPE", "Illegal seek");
        known(Linux.EROFS, "EROFS", "Read-only file system");
        known(Linux.EMLINK, "EMLINK", "Too many links");
        known(Linux.EPIPE, "EPIPE", "Broken pipe");
        known(Linux.EDOM, "EDOM", "Numerical argument out of domain");
        known(Linux.ERANGE, "ERANGE", "Numerical result out of range");
        known(Linux.EDEADLK, "EDEADLK", "Resource deadlock avoided");
        known(Linux.ENAMETOOLONG, "ENAMETOOLONG", "File name too long");
        known(Linux.ENOLCK, "ENOLCK", "No locks available");
        known(Linux.ENOSYS, "ENOSYS", "Function not implemented");
        known(Linux.ENOTEMPTY, "ENOTEMPTY", "Directory not empty");
        known(Linux.ELOOP, "ELOOP", "Too many levels of symbolic links");
        known(Linux.ENOMSG, "ENOMSG", "No message of desired type");
        known(Linux.EIDRM, "EIDRM", "Identifier removed");
        known(Linux.ECHRNG, "ECHRNG", "Channel number out of range");
        known(Linux.EL2NSYNC, "EL2NSYNC", "Level 2 not synchronized");
        known(Linux.EL3HLT, "EL3HLT", "Level 3 halted");
        known(Linux.EL3RST, "EL3RST", "Level 3 reset");
        known(Linux.ELNRNG, "ELNRNG", "Link number out of range");
        known(Linux.EUNATCH, "EUNATCH", "Protocol driver not attached");
        known(Linux.ENOCSI, "ENOCSI", "No CSI structure available");
        known(Linux.EL2HLT, "EL2HLT", "Level 2 halted");
        known(Linux.EBADE, "EBADE", "Invalid exchange");
        known(Linux.EBADR, "EBADR", "Invalid request descriptor");
        known(Linux.EXFULL, "EXFULL", "Exchange full");
        known(Linux.ENOANO, "ENOANO", "No anode");
        known(Linux.EBADRQC, "EBADRQC", "Invalid request code");
        known(Linux.EBADSLT, "EBADSLT", "Invalid slot");
        known(Linux.EBFONT, "EBFONT", "Bad font file format");
        known(Linux.ENOSTR, "ENOSTR", "Device not a stream");
        known(Linux.ENODATA, "ENODATA", "No data available");
        known(Linux.ETIME, "ETIME", "Timer expired");
        known(Linux.ENOSR, "ENOSR", "Out of streams resources");
        known(Linux.ENONET, "ENONET", "Machine is not on the network");
        known(Linux.ENOPKG, "ENOPKG", "Package not installed");
        known(Linux.EREMOTE, "EREMOTE", "Object is remote");
        known(Linux.ENOLINK, "ENOLINK", "Link has been severed");
        known(Linux.EADV, "EADV", "Advertise error");
        known(Linux.ESRMNT, "ESRMNT", "Srmount error");
        known(Linux.ECOMM, "ECOMM", "Communication error on send");
        known(Linux.EPROTO, "EPROTO", "Protocol error");
        known(Linux.EMULTIHOP, "EMULTIHOP", "Multihop attempted");
        known(Linux.EDOTDOT, "EDOTDOT", "RFS specific error");
        known(Linux.EBADMSG, "EBADMSG", "Bad message");
        known(Linux.EOVERFLOW, "EOVERFLOW", "Value too large for defined data type");
        known(Linux.ENOTUNIQ, "ENOTUNIQ", "Name not unique on network");
        known(Linux.EBADFD, "EBADFD", "File descriptor in bad state");
        known(Linux.EREMCHG, "EREMCHG", "Remote address changed");
        known(Linux.ELIBACC, "ELIBACC", "Can not access a needed shared library");
        known(Linux.ELIBBAD, "ELIBBAD", "Accessing a corrupted shared library");
        known(Linux.ELIBSCN, "ELIBSCN", ".lib section in a.out corrupted");
        known(Linux.ELIBMAX, "ELIBMAX", "Attempting to link in too many shared libraries");
        known(Linux.ELIBEXEC, "ELIBEXEC", "Cannot exec a shared library directly");
        known(Linux.EILSEQ, "EILSEQ", "Invalid or incomplete multibyte or wide character");
        known(Linux.ERESTART, "ERESTART", "Interrupted system call should be restarted");
        known(Linux.ESTRPIPE, "ESTRPIPE", "Streams pipe error");
        known(Linux.EUSERS, "EUSERS", "Too many users");
        known(Linux.ENOTSOCK, "ENOTSOCK", "Socket operation on non-socket");
        known(Linux.EDESTADDRREQ, "EDESTADDRREQ", "Destination address required");
        known(Linux.EMSGSIZE, "EMSGSIZE", "Message too long");
        known(Linux.EPROTOTYPE, "EPROTOTYPE", "Protocol wrong type for socket");
        known(Linux.ENOPROTOOPT, "ENOPROTOOPT", "Protocol not available");
        known(Linux.EPROTONOSUPPORT, "EPROTONOSUPPORT", "Protocol not supported");
        known(Linux.ESOCKTNOSUPPORT, "ESOCKTNOSUPPORT", "Socket type not supported");
        known(Linux.EOPNOTSUPP, "EOPNOTSUPP", "Operation not supported");
        known(Linux.EPFNOSUPPORT, "EPFNOSUPPORT", "Protocol family not supported");
        known(Linux.EAFNOSUPPORT, "EAFNOSUPPORT", "Address family not supported by protocol");
        known(Linux.EADDRINUSE, "EADDRINUSE", "Address already in use");
        known(Linux.EADDRNOTAVAIL, "EADDRNOTAVAIL", "Cannot assign requested address");
        known(Linux.ENETDOWN, "ENETDOWN", "Network is down");
        known(Linux.ENETUNREACH, "ENETUNREACH", "Network is unreachable");
        known(Linux.ENETRESET, "ENETRESET", "Network dropped connection on reset");
        known(Linux.ECONNABORTED, "ECONNABORTED", "Software caused connection abort");
        known(Linux.ECONNRESET, "ECONNRESET", "Connection reset by peer");
        known(Linux.ENOBUFS, "ENOBUFS", "No buffer space available");
        known(Linux.EISCONN, "EISCONN", "Transport endpoint is already connected");
        known(Linux.ENOTCONN, "ENOTCONN", "Transport endpoint is not connected");
        known(Linux.ESHUTDOWN, "ESHUTDOWN", "Cannot send after transport endpoint shutdown");
        known(Linux.ETOOMANYREFS, "ETOOMANYREFS", "Too many references: cannot splice");
        known(Linux.ETIMEDOUT, "ETIMEDOUT", "Connection timed out");
        known(Linux.ECONNREFUSED, "ECONNREFUSED", "Connection refused");
        known(Linux.EHOSTDOWN, "EHOSTDOWN", "Host is down");
        known(Linux.EHOSTUNREACH, "EHOSTUNREACH", "No route to host");
        known(Linux.EALREADY, "EALREADY", "Operation already in progress");
        known(Linux.EINPROGRESS, "EINPROGRESS", "Operation now in progress");
        known(Linux.ESTALE, "ESTALE", "Stale file handle");
        known(Linux.EUCLEAN, "EUCLEAN", "Structure needs cleaning");
        known(Linux.ENOTNAM, "ENOTNAM", "Not a XENIX named type file");
        known(Linux.ENAVAIL, "ENAVAIL", "No XENIX semaphores available");
        known(Linux.EISNAM, "EISNAM", "Is a named type file");
        known(Linux.EREMOTEIO, "EREMOTEIO", "Remote I/O error");
        known(Linux.EDQUOT, "EDQUOT", "Disk quota exceeded");
        known(Linux.ENOMEDIUM, "ENOMEDIUM", "No medium found");
        known(Linux.EMEDIUMTYPE, "EMEDIUMTYPE", "Wrong medium type");
        known(Linux.ECANCELED, "ECANCELED", "Operation canceled");
        known(Linux.ENOKEY, "ENOKEY", "Required key not available");
        known(Linux.EKEYEXPIRED, "EKEYEXPIRED", "Key has expired");
        known(Linux.EKEYREVOKED, "EKEYREVOKED", "Key has been revoked");
        known(Linux.EKEYREJECTED, "EKEYREJECTED", "Key was rejected by service");
        known(Linux.EOWNERDEAD, "EOWNERDEAD", "Owner died");
        known(Linux.ENOTRECOVERABLE, "ENOTRECOVERABLE", "State not recoverable");
        known(Linux.ERFKILL, "ERFKILL", "Operation not possible due to RF-kill");
        known(Linux.EHWPOISON, "EHWPOISON", "Memory page has hardware error");
    }

    private ErrnoNames() {}

    /** C's name, for instance {@code ECONNREFUSED}; {@code errno 999} where there is none. */
    public static String name(int errno) {
        String name = errno > 0 && errno < KNOWN ? NAMES[errno] : null;
        return name != null ? name : "errno " + errno;
    }

    /** What {@code strerror(3)} says of it in the C locale. */
    public static String text(int errno) {
        String text = errno > 0 && errno < KNOWN ? TEXTS[errno] : null;
        return text != null ? text : "Unknown error " + errno;
    }

    /** Name and text: {@code EACCES (Permission denied)}. */
    public static String describe(int errno) {
        return name(errno) + " (" + text(errno) + ")";
    }

    private static void known(int errno, String name, String text) {
        NAMES[errno] = name;
        TEXTS[errno] = text;
    }
}
