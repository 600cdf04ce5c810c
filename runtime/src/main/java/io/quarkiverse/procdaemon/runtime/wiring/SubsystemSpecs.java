package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.runtime.engine.Contribution;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.Interval;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.rules.IntervalExpression;
import io.quarkus.arc.ArcContainer;
import io.quarkus.runtime.RuntimeValue;

/** Makes specifications of the subsystems that the build knows. */
final class SubsystemSpecs {

    private final ArcContainer container;
    private final RequestContexts contexts;
    private final LiveSettings settings;
    private final Map<String, RuntimeValue<? extends Consumer<SubsystemBuilder>>> supplied;
    private final List<BeanReference> beans = new ArrayList<>();

    /** @param supplied the code of those that are no beans, by their names */
    SubsystemSpecs(ArcContainer container, RequestContexts contexts, LiveSettings settings,
            Map<String, RuntimeValue<? extends Consumer<SubsystemBuilder>>> supplied) {
        this.container = container;
        this.contexts = contexts;
        this.settings = settings;
        this.supplied = supplied;
    }

    SubsystemSpec of(SubsystemDefinition definition) {
        String bean = definition.bean();
        return bean == null ? ofCode(definition) : ofBean(definition, new BeanReference(container, bean));
    }

    /** The beans of those made so far. */
    List<BeanReference> beans() {
        return beans;
    }

    private SubsystemSpec ofBean(SubsystemDefinition definition, BeanReference bean) {
        beans.add(bean);
        return new SubsystemSpec(definition.name(), definition.dependsOn(),
                contexts.apply(BeanBehavior.of(definition.methods(), bean, interval(definition))),
                settings.of(definition.name(), definition.restart(), definition.critical()), definition.restartOn());
    }

    private SubsystemSpec ofCode(SubsystemDefinition definition) {
        try {
            return new Contribution(definition.name(), settings, contexts).specify(builder -> {
                builder.dependsOn(definition.dependsOn().toArray(String[]::new)).restart(definition.restart())
                        .critical(definition.critical()).restartOn(definition.restartOn().toArray(String[]::new));
                supplied.get(definition.name()).getValue().accept(builder);
            });
        } catch (DaemonException ours) {
            throw ours;
        } catch (RuntimeException failed) {
            throw new SubsystemException(ErrorCode.START_FAILED, definition.name(), "subsystem '" + definition.name()
                    + "' cannot start because the extension that contributes it failed to set it up: " + failed, failed);
        }
    }

    private @Nullable Interval interval(SubsystemDefinition definition) {
        String every = definition.methods().every();
        return every == null ? null : settings.interval(IntervalExpression.of(every));
    }
}
