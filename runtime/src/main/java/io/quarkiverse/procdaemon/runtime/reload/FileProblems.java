package io.quarkiverse.procdaemon.runtime.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.reload.file.ConfigFileCheck;
import io.quarkiverse.procdaemon.runtime.reload.file.FileRule;
import io.quarkiverse.procdaemon.runtime.reload.file.Flaw;
import io.smallrye.config.SmallRyeConfig;

/** What is wrong with the files of a configuration although their readers accept them. */
public final class FileProblems {

    private FileProblems() {
    }

    /** In the files that it was read from. Any thread may call this. */
    public static List<ConfigProblem> of(SmallRyeConfig config) {
        Set<Path> files = new LinkedHashSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            Optional<Path> file = Origin.file(source.getName());
            if (file.isPresent()) {
                files.add(file.get());
            }
        }
        return in(files, config);
    }

    /** @param config one that is read by the same rules */
    static List<ConfigProblem> in(Collection<Path> files, SmallRyeConfig config) {
        List<FileRule> rules = new ArrayList<>();
        for (ConfigSource rule : config.getConfigSources(FileRule.class)) {
            rules.add((FileRule) rule);
        }
        List<ConfigProblem> problems = new ArrayList<>();
        for (Path file : files) {
            for (Flaw flaw : ConfigFileCheck.flaws(file, rules)) {
                problems.add(new ConfigProblem(flaw.key(), Optional.of(Origin.readable(file)), flaw.line(), flaw.reason()));
            }
        }
        return problems;
    }
}
