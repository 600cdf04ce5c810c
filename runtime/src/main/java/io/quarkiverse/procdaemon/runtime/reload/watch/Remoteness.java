package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where changes are made of which this system hears nothing. */
final class Remoteness {

    private static final List<String> REMOTE = List.of("nfs", "cifs", "smb", "9p", "fuse", "afs", "ceph", "lustre", "vboxsf",
            "virtiofs");

    private Remoteness() {
    }

    /** Why what happens in this place may go unheard; empty if it does not. */
    static Optional<String> of(Place place) {
        try {
            FileStore store = Files.getFileStore(place.directory());
            if (isRemote(store.type())) {
                return Optional.of("a file system of the type " + store.type() + " has no events for what others change");
            }
            if (place.file() && place.name() != null) {
                Path file = place.directory().resolve(place.name());
                if (Files.exists(file) && !Files.getFileStore(file).equals(store)) {
                    return Optional.of(file + " is mounted by itself, and its directory has no events for it");
                }
            }
            return Optional.empty();
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    static boolean isRemote(String type) {
        return REMOTE.stream().anyMatch(type::startsWith);
    }
}
