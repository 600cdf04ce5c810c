package io.quarkiverse.procdaemon.bench.augmentation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Beans with one method each, as source code and compiled. */
public enum GeneratedBeans {
    /** Beans that nobody asks for are removed, so these are kept; they cost what any bean does. */
    PLAIN("""
            @io.quarkus.arc.Unremovable
            @jakarta.inject.Singleton
            public class Bean%1$d {
                public void run() {
                }
            }
            """),
    /** The same as subsystems. */
    SUBSYSTEM("""
            @io.quarkiverse.procdaemon.Subsystem("s%1$d")
            public class Bean%1$d {
                @io.quarkiverse.procdaemon.Run
                public void run(io.quarkiverse.procdaemon.ShutdownHandle handle) throws InterruptedException {
                    handle.await();
                }
            }
            """),
    /** Subsystems that are asked before a reload. */
    RELOADED("""
            @io.quarkiverse.procdaemon.Subsystem("s%1$d")
            public class Bean%1$d {
                @io.quarkiverse.procdaemon.OnReload
                public void reload() {
                }
            }
            """);

    private final String source;

    GeneratedBeans(String source) {
        this.source = source;
    }

    /**
     * Compiles so many, and more sources.
     *
     * @return a new directory, with {@code classes} in it
     */
    public Path compile(int howMany, Path... more) throws IOException {
        Path directory = Files.createTempDirectory("bench-beans");
        Path sources = Files.createDirectory(directory.resolve("sources"));
        Path classes = Files.createDirectory(directory.resolve("classes"));
        List<Path> files = new ArrayList<>(List.of(more));
        for (int i = 0; i < howMany; i++) {
            files.add(Files.writeString(sources.resolve("Bean" + i + ".java"), "package generated;\n" + source.formatted(i)));
        }
        compile(files, System.getProperty("java.class.path"), classes);
        return directory;
    }

    /**
     * Compiles any sources.
     *
     * @throws IllegalStateException if they have errors, which stand on the standard error
     */
    public static void compile(List<Path> files, String classPath, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = files.isEmpty() || compiler.getTask(null, manager, null,
                    List.of("-proc:none", "-parameters", "-cp", classPath, "-d", classes.toString()), null,
                    manager.getJavaFileObjectsFromPaths(files)).call();
            if (!compiled) {
                throw new IllegalStateException("does not compile: " + files.get(0) + " and " + (files.size() - 1) + " more");
            }
        }
    }

    /** Deletes a directory. */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
