package io.quarkiverse.procdaemon.bench.augmentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Beans with one method each, as source code and compiled. */
enum GeneratedBeans {

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
            """);

    private final String source;

    GeneratedBeans(String source) {
        this.source = source;
    }

    /** Writes the classes of so many to the directory. */
    void compile(int howMany, Path sources, Path classes) throws IOException {
        List<Path> files = new ArrayList<>(howMany);
        for (int i = 0; i < howMany; i++) {
            files.add(Files.writeString(sources.resolve("Bean" + i + ".java"), "package generated;\n" + source.formatted(i)));
        }
        if (files.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(null, manager, null, List.of("-proc:none", "-d", classes.toString()), null,
                    manager.getJavaFileObjectsFromPaths(files)).call();
            if (!compiled) {
                throw new IllegalStateException("the generated beans do not compile");
            }
        }
    }
}
