package io.quarkiverse.procdaemon.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkus.builder.item.MultiBuildItem;
import io.quarkus.runtime.RuntimeValue;

/**
 * A subsystem that another extension contributes. It is validated and reported together with the
 * {@link io.quarkiverse.procdaemon.Subsystem} classes of the application, has the same configuration keys, and may depend on
 * them by name, as they may depend on it. Immutable: each method returns a changed copy. All methods throw an
 * {@link IllegalArgumentException} for null.
 *
 * <pre>
 * &#64;BuildStep
 * SubsystemBuildItem poller() {
 *     return SubsystemBuildItem.ofBean("acme-poller", "com.acme.runtime.Poller").dependsOn("acme-cache");
 * }
 *
 * &#64;BuildStep
 * &#64;Record(ExecutionTime.RUNTIME_INIT)
 * SubsystemBuildItem cache(AcmeRecorder recorder) {
 *     return SubsystemBuildItem.ofRuntime("acme-cache", recorder.cache()).critical(false);
 * }
 * </pre>
 *
 * A build step that produces it runs before beans are discovered, so it cannot consume what comes after that, such as
 * {@code BeanContainerBuildItem}.
 * <p>
 * <b>Not stable yet</b>: a later version may change it; the change log will say how.
 */
public final class SubsystemBuildItem extends MultiBuildItem {

    private final String name;
    private final @Nullable String beanClass;
    private final @Nullable RuntimeValue<? extends Consumer<SubsystemBuilder>> code;
    private final List<String> dependsOn;
    private final RestartPolicy restart;
    private final boolean critical;
    private final List<String> restartOn;
    private final String contributor;

    private SubsystemBuildItem(String name, @Nullable String beanClass,
            @Nullable RuntimeValue<? extends Consumer<SubsystemBuilder>> code, List<String> dependsOn, RestartPolicy restart,
            boolean critical, List<String> restartOn, String contributor) {
        this.name = name;
        this.beanClass = beanClass;
        this.code = code;
        this.dependsOn = dependsOn;
        this.restart = restart;
        this.critical = critical;
        this.restartOn = restartOn;
        this.contributor = contributor;
    }

    /**
     * A bean whose methods are annotated as those of a {@link io.quarkiverse.procdaemon.Subsystem}, though the class itself is
     * not. The contribution makes it a bean, {@code @Singleton} unless it declares a scope, and is not removed as unused.
     *
     * @param name letters, digits, {@code -}, {@code _} and {@code .}
     * @param beanClass the name of the class, which must be on the class path of the application
     */
    public static SubsystemBuildItem ofBean(String name, String beanClass) {
        return new SubsystemBuildItem(required(name, "the name"), required(beanClass, "the name of the bean class"), null,
                List.of(), RestartPolicy.ON_FAILURE, true, List.of(), caller());
    }

    /**
     * Code that a recorder returns, of either execution time. It is called once, on the thread that starts the application,
     * before {@code StartupEvent}; it passes the code of the subsystem to the builder, and does not call
     * {@link SubsystemBuilder#register()}. What it throws fails the start.
     *
     * @param name letters, digits, {@code -}, {@code _} and {@code .}
     * @param code configures the subsystem; dependencies that it adds are not validated until the start
     */
    public static SubsystemBuildItem ofRuntime(String name, RuntimeValue<? extends Consumer<SubsystemBuilder>> code) {
        return new SubsystemBuildItem(required(name, "the name"), null, required(code, "the code"), List.of(),
                RestartPolicy.ON_FAILURE, true, List.of(), caller());
    }

    /** Names of subsystems that must be RUNNING before it starts and until it has stopped; adds to those named before. */
    public SubsystemBuildItem dependsOn(String... names) {
        return new SubsystemBuildItem(name, beanClass, code, added(dependsOn, "a name of a dependency", names), restart,
                critical, restartOn, contributor);
    }

    /** Whether it is restarted, unless configured otherwise. Default: {@link RestartPolicy#ON_FAILURE}. */
    public SubsystemBuildItem restart(RestartPolicy policy) {
        return new SubsystemBuildItem(name, beanClass, code, dependsOn, required(policy, "the policy"), critical, restartOn,
                contributor);
    }

    /** Whether the daemon cannot do without it, unless configured otherwise. Default: true. */
    public SubsystemBuildItem critical(boolean value) {
        return new SubsystemBuildItem(name, beanClass, code, dependsOn, restart, value, restartOn, contributor);
    }

    /**
     * As {@link io.quarkiverse.procdaemon.Subsystem#restartOn()}: prefixes of configuration keys; adds to those named before.
     */
    public SubsystemBuildItem restartOn(String... prefixes) {
        return new SubsystemBuildItem(name, beanClass, code, dependsOn, restart, critical,
                added(restartOn, "a prefix", prefixes), contributor);
    }

    /** Its name. */
    public String getName() {
        return name;
    }

    /** The name of its bean class; empty if it has {@linkplain #getCode() code}. */
    public Optional<String> getBeanClass() {
        return Optional.ofNullable(beanClass);
    }

    /** Its code; empty if it has a {@linkplain #getBeanClass() bean class}. */
    public Optional<RuntimeValue<? extends Consumer<SubsystemBuilder>>> getCode() {
        return Optional.ofNullable(code);
    }

    /** The names of its dependencies. */
    public List<String> getDependsOn() {
        return dependsOn;
    }

    /** Its restart policy, unless configured otherwise. */
    public RestartPolicy getRestart() {
        return restart;
    }

    /** Whether it is critical, unless configured otherwise. */
    public boolean isCritical() {
        return critical;
    }

    /** The prefixes of the configuration keys whose change restarts it. */
    public List<String> getRestartOn() {
        return restartOn;
    }

    /** The build step that made it, for messages: {@code com.acme.deployment.AcmeProcessor.poller}. */
    public String getContributor() {
        return contributor;
    }

    /** The first method outside of this class and the JDK, whose streams may be in between. */
    private static String caller() {
        return StackWalker.getInstance().walk(frames -> frames.filter(frame -> !isInBetween(frame.getClassName()))
                .findFirst().map(SubsystemBuildItem::location)).orElse("an extension");
    }

    private static boolean isInBetween(String className) {
        return className.equals(SubsystemBuildItem.class.getName()) || className.startsWith("java.");
    }

    private static String location(StackWalker.StackFrame frame) {
        return frame.getClassName() + "." + frame.getMethodName().replaceFirst("^lambda\\$(.+)\\$\\d+$", "$1");
    }

    private static List<String> added(List<String> present, String what, String... more) {
        List<String> all = new ArrayList<>(present);
        for (String next : required(more, "the array")) {
            all.add(required(next, what));
        }
        return List.copyOf(all);
    }

    private static <T> T required(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException(what + " is null");
        }
        return value;
    }
}
