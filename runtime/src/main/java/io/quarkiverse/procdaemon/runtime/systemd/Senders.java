package io.quarkiverse.procdaemon.runtime.systemd;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds the best way to send: from this process if anything here can, else from a process of its own. */
final class Senders {

    static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private Senders() {
    }

    /** Takes up to a second the first time. */
    static Sender find(NotifySocket target) {
        Sender inside = attempt("java.lang.foreign", () -> new ForeignSender(target));
        if (inside == null) {
            inside = attempt("Netty's native transport",
                    () -> new NettySender(target, Thread.currentThread().getContextClassLoader()));
        }
        if (inside != null) {
            return inside;
        }
        LOG.warnf(
                "This process cannot send messages to systemd itself, so the command systemd-notify does it, which takes longer"
                        + " and needs NotifyAccess=all in the unit; to avoid that %s",
                wayOut());
        return new CommandSender("systemd-notify");
    }

    private static String wayOut() {
        return System.getProperty("org.graalvm.nativeimage.imagecode") != null
                ? "build the executable with a GraalVM that supports java.lang.foreign"
                : "use Java 22 or later with --enable-native-access=ALL-UNNAMED (quarkus-run.jar allows it already), or add"
                        + " io.netty:netty-transport-native-epoll for this platform";
    }

    private interface Attempt {
        Sender make() throws ReflectiveOperationException;
    }

    private static @Nullable Sender attempt(String way, Attempt attempt) {
        try {
            Sender sender = attempt.make();
            LOG.debugf("Messages to systemd are sent through %s", way);
            return sender;
        } catch (ReflectiveOperationException | RuntimeException | Error unavailable) {
            LOG.debugf(unavailable, "No messages to systemd through %s", way);
            return null;
        }
    }
}
