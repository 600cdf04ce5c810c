package io.quarkiverse.procdaemon.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples in the documentation that begin with a package or an import compile, each by itself. */
@Tag("any-jdk")
class DocumentedExamplesTest {

    @TempDir
    Path classes;

    @ParameterizedTest
    @ValueSource(strings = { "docs/guide.md", "README.md" })
    void compile(String document) throws IOException {
        List<Example> examples = examples(Files.readAllLines(Path.of("..").resolve(document)));
        assertThat(examples).isNotEmpty();
        List<String> problems = new ArrayList<>();
        for (Example example : examples) {
            for (Diagnostic<?> problem : problems(example)) {
                problems.add(document + ":" + problem.getLineNumber() + ": " + problem.getMessage(Locale.ROOT));
            }
        }
        assertThat(problems).isEmpty();
    }

    private static List<Example> examples(List<String> lines) {
        List<Example> examples = new ArrayList<>();
        for (int first = 1; first < lines.size(); first++) {
            String line = lines.get(first);
            if (lines.get(first - 1).equals("```java") && (line.startsWith("import ") || line.startsWith("package "))) {
                int end = first + lines.subList(first, lines.size()).indexOf("```");
                // So that the numbers of its lines are those of the document.
                examples.add(new Example("\n".repeat(first) + String.join("\n", lines.subList(first, end))));
            }
        }
        return examples;
    }

    private List<Diagnostic<?>> problems(Example example) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options = List.of("--release", "17", "-proc:none", "-Xlint:-options", "-d", classes.toString(),
                "-classpath", System.getProperty("java.class.path"));
        boolean compiles = compiler.getTask(null, null, found, options, null, List.of(example)).call();
        return compiles ? List.of() : List.copyOf(found.getDiagnostics());
    }

    private static final class Example extends SimpleJavaFileObject {

        private final String code;

        Example(String code) {
            super(URI.create("string:///Example.java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
