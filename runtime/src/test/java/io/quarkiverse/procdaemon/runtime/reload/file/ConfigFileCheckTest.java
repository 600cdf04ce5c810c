package io.quarkiverse.procdaemon.runtime.reload.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileCheckTest {

    private static final String MERGE = "a merge left its markers here (<<<<<<<, =======, >>>>>>>); resolve the conflict and"
            + " remove them";
    private static final String NOT_UTF_8 = "what stands here is not in UTF-8; save the file as UTF-8 without BOM";

    @TempDir
    Path directory;

    @Test
    void aByteOrderMark() throws IOException {
        assertThat(flaws("a.properties", "\uFEFFa=1\nb=2\n", UTF_8)).containsExactly(at(1,
                "the file begins with a byte order mark (BOM), which would become part of its first key; save it as UTF-8"
                        + " without BOM"));
    }

    @Test
    void utf16() throws IOException {
        assertThat(flaws("a.properties", "a=1\n", UTF_16))
                .containsExactly(all("the file is in UTF-16; save it as UTF-8 without BOM"));
        assertThat(flaws("a.yaml", "\uFEFFa: 1\n", UTF_16LE))
                .containsExactly(all("the file is in UTF-16; save it as UTF-8 without BOM"));
        assertThat(flaws("a.properties", "a=1\n", UTF_16LE)).contains(at(1,
                "a NUL character stands here, as in a file in UTF-16 or of another kind; save it as UTF-8"));
    }

    @Test
    void utf32() throws IOException {
        assertThat(flaws("a.properties", "\uFEFFa=1\n", Charset.forName("UTF-32LE")))
                .containsExactly(all("the file is in UTF-32; save it as UTF-8 without BOM"));
    }

    @Test
    void aNul() throws IOException {
        assertThat(flaws("a.toml", "a = 1\n# x\0\nb = \0\n", UTF_8)).containsExactly(at(2,
                "a NUL character stands here, as in a file in UTF-16 or of another kind; save it as UTF-8"));
    }

    @Test
    void lostCharactersInAKey() throws IOException {
        assertThat(flaws("a.properties", "x=\uFFFD\nl\uFFFDnes.max=1\n", UTF_8)).containsExactly(at(2,
                "a key contains U+FFFD, which stands for characters that were lost; write the key again"));
        assertThat(flaws("a.yaml", "l\uFFFDnes:\n  max: 1\n", UTF_8)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "l\u00fcnes.max=1", "lines.mode=gr\u00fcn" })
    void bytesThatAreNotUtf8(String line) throws IOException {
        assertThat(flaws("a.properties", "# gr\u00fcn\n! gr\u00fcn\n" + line + "\n", ISO_8859_1))
                .containsExactly(at(3, NOT_UTF_8));
    }

    @Test
    void whatAMergeLeft() throws IOException {
        assertThat(flaws("a.properties", "a=1\n<<<<<<< HEAD\nb=1\n=======\nb=2\n>>>>>>> other\n", UTF_8))
                .containsExactly(at(2, MERGE));
        assertThat(flaws("a.properties", "a=1\nb=1\n=======\nb=2\n", UTF_8)).containsExactly(at(3, MERGE));
        assertThat(flaws("a.yaml", "a: 1\n>>>>>>>\nb: 2\n", UTF_8)).containsExactly(at(2, MERGE));
        assertThat(flaws(".env", "A=1\r\n<<<<<<< x\r\n", UTF_8)).containsExactly(at(2, MERGE));
        assertThat(flaws(".env", "A=1\r\n=======\r\n", UTF_8)).containsExactly(at(2, MERGE));
    }

    @Test
    void everyKindAtOnce() throws IOException {
        assertThat(flaws("a.properties", "a=\0\n<<<<<<< HEAD\nb=\u00fc\n", ISO_8859_1)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a=1", "a=gr\u00fcn\nl\u00fc.x=\uD83D\uDE00\n", "a=Title\\\n=======\nb=2",
            "a=<<<<<<< HEAD\n", "<<<<<<<<=1", "a=\uFFFD" })
    void whatIsMeant(String text) throws IOException {
        assertThat(flaws("a.properties", text, UTF_8)).isEmpty();
    }

    @Test
    void aHeadingInAMultiLineValue() throws IOException {
        assertThat(flaws("a.toml", "a = \"\"\"\nTitle\n=======\n\"\"\"\n", UTF_8)).isEmpty();
    }

    @Test
    void whatIsNoFile() throws IOException {
        assertThat(ConfigFileCheck.flaws(directory.resolve("absent"), List.of())).isEmpty();
        assertThat(ConfigFileCheck.flaws(directory, List.of())).isEmpty();
    }

    @Test
    void whatIsTooLong() throws IOException {
        Path file = directory.resolve("long.properties");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((64 << 20) + 1);
        }
        assertThat(ConfigFileCheck.flaws(file, List.of())).containsExactly(all("it is longer than 64 MiB"));
    }

    @Test
    void theRulesOfItsFormat() throws IOException {
        Path file = Files.writeString(directory.resolve("a.x"), "text");
        Flaw flaw = at(7, "odd");
        assertThat(ConfigFileCheck.flaws(file, List.of((path, text) -> text.equals("text") ? List.of(flaw) : List.of())))
                .containsExactly(flaw);
        Files.writeString(file, "text\0");
        assertThat(ConfigFileCheck.flaws(file, List.of((path, text) -> List.of(flaw)))).doesNotContain(flaw).hasSize(1);
    }

    /** A regular file by its kind, of which the first page can never be read, not even by root. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatCannotBeRead() {
        assertThat(ConfigFileCheck.flaws(Path.of("/proc/self/mem"), List.of()))
                .containsExactly(all("it cannot be read: Input/output error"));
    }

    private List<Flaw> flaws(String name, String text, Charset charset) throws IOException {
        return ConfigFileCheck.flaws(Files.writeString(directory.resolve(name), text, charset), List.of());
    }

    private static Flaw at(int line, String reason) {
        return new Flaw(Optional.empty(), OptionalInt.of(line), reason);
    }

    private static Flaw all(String reason) {
        return new Flaw(Optional.empty(), OptionalInt.empty(), reason);
    }
}
