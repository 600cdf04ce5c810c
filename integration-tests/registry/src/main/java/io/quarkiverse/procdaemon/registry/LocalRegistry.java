package io.quarkiverse.procdaemon.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import io.quarkus.maven.dependency.ArtifactCoords;
import io.quarkus.registry.catalog.Extension;
import io.quarkus.registry.catalog.ExtensionCatalog;
import io.quarkus.registry.catalog.ExtensionOrigin;
import io.quarkus.registry.catalog.Platform;
import io.quarkus.registry.catalog.PlatformCatalog;
import io.quarkus.registry.catalog.PlatformRelease;
import io.quarkus.registry.catalog.PlatformReleaseVersion;
import io.quarkus.registry.catalog.PlatformStream;
import io.quarkus.registry.config.RegistriesConfig;
import io.quarkus.registry.config.RegistryConfig;
import io.quarkus.registry.config.RegistryDescriptorConfig;
import io.quarkus.registry.config.RegistryMavenConfig;
import io.quarkus.registry.config.RegistryMavenRepoConfig;
import io.quarkus.registry.config.RegistryNonPlatformExtensionsConfig;
import io.quarkus.registry.config.RegistryPlatformsConfig;

/**
 * Writes a registry of Quarkus extensions that contains Quarkus itself and this extension: a Maven repository of descriptors,
 * and
 * the {@code config.yaml} for {@code -Dquarkus.tools.config}. It contains no code: Maven resolves that from where it was
 * installed.
 */
public class LocalRegistry {

    private static final String ID = "proc-daemon.local";
    private static final String GROUP = "io.quarkiverse.procdaemon.registry";
    private static final String VERSION = "1.0-SNAPSHOT";

    private final Path repository;
    private final String quarkusVersion;

    private LocalRegistry(Path repository, String quarkusVersion) {
        this.repository = repository;
        this.quarkusVersion = quarkusVersion;
    }

    /**
     * @param args the directory to write to, and the descriptor of the extension: {@code META-INF/quarkus-extension.yaml} as
     *        built
     */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), Path.of(args[1]));
    }

    /** Writes the registry and returns its {@code config.yaml}. */
    static Path write(Path directory, Path descriptor) throws IOException {
        Extension extension = Extension.fromFile(descriptor);
        Path repository = Files.createDirectories(directory.toAbsolutePath().normalize().resolve("repository"));
        LocalRegistry registry = new LocalRegistry(repository, (String) extension.getMetadata().get("built-with-quarkus-core"));
        registry.writeDescriptor();
        registry.writePlatforms();
        registry.writeExtension(extension);
        Path config = repository.resolveSibling("config.yaml");
        registry.clientConfig().persist(config);
        return config;
    }

    private RegistriesConfig clientConfig() {
        RegistriesConfig.Mutable config = RegistriesConfig.builder();
        config.addRegistry(RegistryConfig.builder()
                .setId(ID)
                .setUpdatePolicy("always")
                .setDescriptor(descriptor())
                .setMaven(RegistryMavenConfig.builder().setRepository(RegistryMavenRepoConfig.builder()
                        .setId(ID).setUrl(repository.toUri().toString()).build()).build())
                .build());
        return config.build();
    }

    private void writeDescriptor() throws IOException {
        persist(RegistryConfig.builder()
                .setId(ID)
                .setDescriptor(descriptor())
                .setPlatforms(RegistryPlatformsConfig.builder().setArtifact(json("quarkus-platforms")).build())
                .setNonPlatformExtensions(RegistryNonPlatformExtensionsConfig.builder()
                        .setArtifact(json("quarkus-non-platform-extensions")).build())
                .build()::persist, "quarkus-registry-descriptor", "");
    }

    private void writePlatforms() throws IOException {
        ArtifactCoords bom = ArtifactCoords.pom("io.quarkus", "quarkus-bom", quarkusVersion);
        PlatformRelease release = PlatformRelease.builder()
                .setVersion(PlatformReleaseVersion.fromString(quarkusVersion))
                .setQuarkusCoreVersion(quarkusVersion)
                .setMemberBoms(List.of(bom)).build();
        String stream = quarkusVersion.substring(0, quarkusVersion.lastIndexOf('.'));
        PlatformCatalog catalog = PlatformCatalog.builder().addPlatform(Platform.builder()
                .setPlatformKey("io.quarkus")
                .addStream(PlatformStream.builder().setId(stream).addRelease(release).build())
                .build()).build();
        for (String classifier : List.of("", "-" + quarkusVersion, "-all")) {
            persist(catalog::persist, "quarkus-platforms", classifier);
        }
    }

    private void writeExtension(Extension extension) throws IOException {
        String id = GROUP + ":quarkus-non-platform-extensions:" + quarkusVersion + ":json:" + VERSION;
        ExtensionCatalog.Mutable catalog = ExtensionCatalog.builder()
                .setId(id)
                .setQuarkusCoreVersion(quarkusVersion)
                .setBom(ArtifactCoords.pom("io.quarkus", "quarkus-bom", quarkusVersion));
        ExtensionOrigin origin = ExtensionOrigin.builder().setId(id).setBom(catalog.getBom()).build();
        catalog.addExtension(extension.mutable().setOrigins(List.of(origin)).build());
        persist(catalog::persist, "quarkus-non-platform-extensions", "-" + quarkusVersion);
    }

    private static RegistryDescriptorConfig descriptor() {
        return RegistryDescriptorConfig.builder().setArtifact(json("quarkus-registry-descriptor")).build();
    }

    private static ArtifactCoords json(String artifact) {
        return ArtifactCoords.of(GROUP, artifact, null, "json", VERSION);
    }

    private void persist(Descriptor descriptor, String artifact, String classifier) throws IOException {
        Path folder = repository.resolve(GROUP.replace('.', '/')).resolve(artifact).resolve(VERSION);
        Path file = Files.createDirectories(folder).resolve(artifact + "-" + VERSION + classifier + ".json");
        descriptor.persist(file);
        // Without it, Maven warns with a stack trace.
        Files.writeString(file.resolveSibling(file.getFileName() + ".sha1"), sha1(file));
    }

    private static String sha1(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Descriptor {
        void persist(Path file) throws IOException;
    }
}
