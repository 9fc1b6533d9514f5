package io.sockfd;

import io.sockfd.raw.ErrnoNames;
import io.sockfd.raw.Linux;
import java.io.Serializable;

/**
 * A Linux error number. Any number is a value of this type: one that the kernel knows and this class does not prints as
 * its number.
 *
 * @param value the number, as in {@code errno}; positive
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public record Errno(int value) implements Serializable {
    public static final Errno EPERM = new Errno(Linux.EPERM);
    public static final Errno ENOENT = new Errno(Linux.ENOENT);
    public static final Errno ESRCH = new Errno(Linux.ESRCH);
    public static final Errno EINTR = new Errno(Linux.EINTR);
    public static final Errno EIO = new Errno(Linux.EIO);
    public static final Errno ENXIO = new Errno(Linux.ENXIO);
    public static final Errno E2BIG = new Errno(Linux.E2BIG);
    public static final Errno ENOEXEC = new Errno(Linux.ENOEXEC);
    public static final Errno EBADF = new Errno(Linux.EBADF);
    public static final Errno ECHILD = new Errno(Linux.ECHILD);
    public static final Errno EAGAIN = new Errno(Linux.EAGAIN);
    public static final Errno ENOMEM = new Errno(Linux.ENOMEM);
    public static final Errno EACCES = new Errno(Linux.EACCES);
    public static final Errno EFAULT = new Errno(Linux.EFAULT);
    public static final Errno ENOTBLK = new Errno(Linux.ENOTBLK);
    public static final Errno EBUSY = new Errno(Linux.EBUSY);
    public static final Errno EEXIST = new Errno(Linux.EEXIST);
    public static final Errno EXDEV = new Errno(Linux.EXDEV);
    public static final Errno ENODEV = new Errno(Linux.ENODEV);
    public static final Errno ENOTDIR = new Errno(Linux.ENOTDIR);
    public static final Errno EISDIR = new Errno(Linux.EISDIR);
    public static final Errno EINVAL = new Errno(Linux.EINVAL);
    public static final Errno ENFILE = new Errno(Linux.ENFILE);
    public static final Errno EMFILE = new Errno(Linux.EMFILE);
    public static final Errno ENOTTY = new Errno(Linux.ENOTTY);
    public static final Errno ETXTBSY = new Errno(Linux.ETXTBSY);
    public static final Errno EFBIG = new Errno(Linux.EFBIG);
    public static final Errno ENOSPC = new Errno(Linux.ENOSPC);
    public static final Errno ESPIPE = new Errno(Linux.ESPIPE);
    public static final Errno EROFS = new Errno(Linux.EROFS);
    public static final Errno EMLINK = new Errno(Linux.EMLINK);
    public static final Errno EPIPE = new Errno(Linux.EPIPE);
    public static final Errno EDOM = new Errno(Linux.EDOM);
    public static final Errno ERANGE = new Errno(Linux.ERANGE);
    public static final Errno EDEADLK = new Errno(Linux.EDEADLK);
    public static final Errno ENAMETOOLONG = new Errno(Linux.ENAMETOOLONG);
    public static final Errno ENOLCK = new Errno(Linux.ENOLCK);
    public static final Errno ENOSYS = new Errno(Linux.ENOSYS);
    public static final Errno ENOTEMPTY = new Errno(Linux.ENOTEMPTY);
    public static final Errno ELOOP = new Errno(Linux.ELOOP);
    public static final Errno ENOMSG = new Errno(Linux.ENOMSG);
    public static final Errno EIDRM = new Errno(Linux.EIDRM);
    public static final Errno ECHRNG = new Errno(Linux.ECHRNG);
    public static final Errno EL2NSYNC = new Errno(Linux.EL2NSYNC);
    public static final Errno EL3HLT = new Errno(Linux.EL3HLT);
    public static final Errno EL3RST = new Errno(Linux.EL3RST);
    public static final Errno ELNRNG = new Errno(Linux.ELNRNG);
    public static final Errno EUNATCH = new Errno(Linux.EUNATCH);
    public static final Errno ENOCSI = new Errno(Linux.ENOCSI);
    public static final Errno EL2HLT = new Errno(Linux.EL2HLT);
    public static final Errno EBADE = new Errno(Linux.EBADE);
    public static final Errno EBADR = new Errno(Linux.EBADR);
    public static final Errno EXFULL = new Errno(Linux.EXFULL);
    public static final Errno ENOANO = new Errno(Linux.ENOANO);
    public static final Errno EBADRQC = new Errno(Linux.EBADRQC);
    public static final Errno EBADSLT = new Errno(Linux.EBADSLT);
    public static final Errno EBFONT = new Errno(Linux.EBFONT);
    public static final Errno ENOSTR = new Errno(Linux.ENOSTR);
    public static final Errno ENODATA = new Errno(Linux.ENODATA);
    public static final Errno ETIME = new Errno(Linux.ETIME);
    public static final Errno ENOSR = new Errno(Linux.ENOSR);
    public static final Errno ENONET = new Errno(Linux.ENONET);
    public static final Errno ENOPKG = new Errno(Linux.ENOPKG);
    public static final Errno EREMOTE = new Errno(Linux.EREMOTE);
    public static final Errno ENOLINK = new Errno(Linux.ENOLINK);
    public static final Errno EADV = new Errno(Linux.EADV);
    public static final Errno ESRMNT = new Errno(Linux.ESRMNT);
    public static final Errno ECOMM = new Errno(Linux.ECOMM);
    public static final Errno EPROTO = new Errno(Linux.EPROTO);
    public static final Errno EMULTIHOP = new Errno(Linux.EMULTIHOP);
    public static final Errno EDOTDOT = new Errno(Linux.EDOTDOT);
    public static final Errno EBADMSG = new Errno(Linux.EBADMSG);
    public static final Errno EOVERFLOW = new Errno(Linux.EOVERFLOW);
    public static final Errno ENOTUNIQ = new Errno(Linux.ENOTUNIQ);
    public static final Errno EBADFD = new Errno(Linux.EBADFD);
    public static final Errno EREMCHG = new Errno(Linux.EREMCHG);
    public static final Errno ELIBACC = new Errno(Linux.ELIBACC);
    public static final Errno ELIBBAD = new Errno(Linux.ELIBBAD);
    public static final Errno ELIBSCN = new Errno(Linux.ELIBSCN);
    public static final Errno ELIBMAX = new Errno(Linux.ELIBMAX);
    public static final Errno ELIBEXEC = new Errno(Linux.ELIBEXEC);
    public static final Errno EILSEQ = new Errno(Linux.EILSEQ);
    public static final Errno ERESTART = new Errno(Linux.ERESTART);
    public static final Errno ESTRPIPE = new Errno(Linux.ESTRPIPE);
    public static final Errno EUSERS = new Errno(Linux.EUSERS);
    public static final Errno ENOTSOCK = new Errno(Linux.ENOTSOCK);
    public static final Errno EDESTADDRREQ = new Errno(Linux.EDESTADDRREQ);
    public static final Errno EMSGSIZE = new Errno(Linux.EMSGSIZE);
    public static final Errno EPROTOTYPE = new Errno(Linux.EPROTOTYPE);
    public static final Errno ENOPROTOOPT = new Errno(Linux.ENOPROTOOPT);
    public static final Errno EPROTONOSUPPORT = new Errno(Linux.EPROTONOSUPPORT);
    public static final Errno ESOCKTNOSUPPORT = new Errno(Linux.ESOCKTNOSUPPORT);
    public static final Errno EOPNOTSUPP = new Errno(Linux.EOPNOTSUPP);
    public static final Errno EPFNOSUPPORT = new Errno(Linux.EPFNOSUPPORT);
    public static final Errno EAFNOSUPPORT = new Errno(Linux.EAFNOSUPPORT);
    public static final Errno EADDRINUSE = new Errno(Linux.EADDRINUSE);
    public static final Errno EADDRNOTAVAIL = new Errno(Linux.EADDRNOTAVAIL);
    public static final Errno ENETDOWN = new Errno(Linux.ENETDOWN);
    public static final Errno ENETUNREACH = new Errno(Linux.ENETUNREACH);
    public static final Errno ENETRESET = new Errno(Linux.ENETRESET);
    public static final Errno ECONNABORTED = new Errno(Linux.ECONNABORTED);
    public static final Errno ECONNRESET = new Errno(Linux.ECONNRESET);
    public static final Errno ENOBUFS = new Errno(Linux.ENOBUFS);
    public static final Errno EISCONN = new Errno(Linux.EISCONN);
    public static final Errno ENOTCONN = new Errno(Linux.ENOTCONN);
    public static final Errno ESHUTDOWN = new Errno(Linux.ESHUTDOWN);
    public static final Errno ETOOMANYREFS = new Errno(Linux.ETOOMANYREFS);
    public static final Errno ETIMEDOUT = new Errno(Linux.ETIMEDOUT);
    public static final Errno ECONNREFUSED = new Errno(Linux.ECONNREFUSED);
    public static final Errno EHOSTDOWN = new Errno(Linux.EHOSTDOWN);
    public static final Errno EHOSTUNREACH = new Errno(Linux.EHOSTUNREACH);
    public static final Errno EALREADY = new Errno(Linux.EALREADY);
    public static final Errno EINPROGRESS = new Errno(Linux.EINPROGRESS);
    public static final Errno ESTALE = new Errno(Linux.ESTALE);
    public static final Errno EUCLEAN = new Errno(Linux.EUCLEAN);
    public static final Errno ENOTNAM = new Errno(Linux.ENOTNAM);
    public static final Errno ENAVAIL = new Errno(Linux.ENAVAIL);
    public static final Errno EISNAM = new Errno(Linux.EISNAM);
    public static final Errno EREMOTEIO = new Errno(Linux.EREMOTEIO);
    public static final Errno EDQUOT = new Errno(Linux.EDQUOT);
    public static final Errno ENOMEDIUM = new Errno(Linux.ENOMEDIUM);
    public static final Errno EMEDIUMTYPE = new Errno(Linux.EMEDIUMTYPE);
    public static final Errno ECANCELED = new Errno(Linux.ECANCELED);
    public static final Errno ENOKEY = new Errno(Linux.ENOKEY);
    public static final Errno EKEYEXPIRED = new Errno(Linux.EKEYEXPIRED);
    public static final Errno EKEYREVOKED = new Errno(Linux.EKEYREVOKED);
    public static final Errno EKEYREJECTED = new Errno(Linux.EKEYREJECTED);
    public static final Errno EOWNERDEAD = new Errno(Linux.EOWNERDEAD);
    public static final Errno ENOTRECOVERABLE = new Errno(Linux.ENOTRECOVERABLE);
    public static final Errno ERFKILL = new Errno(Linux.ERFKILL);
    public static final Errno EHWPOISON = new Errno(Linux.EHWPOISON);

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
        return ErrnoNames.name(value);
    }

    /** What {@code strerror(3)} says of it in the C locale. */
    public String text() {
        return ErrnoNames.text(value);
    }

    /** Name and text: {@code EACCES (Permission denied)}. */
    @Override
    public String toString() {
        return ErrnoNames.describe(value);
    }
}
