package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jdk.net.ExtendedSocketOptions;

/** Who may use the socket: as the kernel says who is on the other end, and nothing that the client says. */
final class Peers {

    private final Set<UserPrincipal> privileged;
    private final Set<UserPrincipal> others;

    private Peers(Set<UserPrincipal> privileged, Set<UserPrincipal> others) {
        this.privileged = privileged;
        this.others = others;
    }

    /**
     * Who is on the other end.
     *
     * @param isOther whether that is neither root nor the user of the daemon
     */
    record Peer(String user, boolean isOther) {
    }

    /**
     * The own user, root and others.
     *
     * @throws IOException if there is no such user; the message says which
     */
    static Peers of(UserPrincipal own, Collection<String> names) throws IOException {
        UserPrincipalLookupService users = FileSystems.getDefault().getUserPrincipalLookupService();
        Set<UserPrincipal> privileged = new HashSet<>(Set.of(own));
        Set<UserPrincipal> others = new HashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            try {
                others.add(users.lookupPrincipalByName(name));
            } catch (UserPrincipalNotFoundException missing) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IOException("there is no user " + String.join(", ", unknown));
        }
        try {
            privileged.add(users.lookupPrincipalByName("root"));
        } catch (UserPrincipalNotFoundException noNames) {
            // As in a container without /etc/passwd, where the number is a name.
            privileged.add(users.lookupPrincipalByName("0"));
        }
        return new Peers(privileged, others);
    }

    /**
     * The user on the other end.
     *
     * @throws Problem if that one may not use the socket
     */
    Peer admit(SocketChannel channel) throws IOException {
        UserPrincipal user;
        try {
            user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        } catch (UnsupportedOperationException unsupported) {
            throw Problem.of(403, "This system does not say who uses the socket, so nobody may");
        }
        boolean isOther = !privileged.contains(user);
        if (isOther && !others.contains(user)) {
            throw Problem.of(403,
                    "The user " + user.getName() + " may not use this socket; use it as the user of the daemon or "
                            + "root, or name the user in quarkus.proc-daemon.control.allowed-users");
        }
        return new Peer(user.getName(), isOther);
    }
}
