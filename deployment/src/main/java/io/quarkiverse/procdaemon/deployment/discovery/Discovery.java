package io.quarkiverse.procdaemon.deployment.discovery;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.SubsystemBuildItem;

/** Finds subsystems in an index. */
public final class Discovery {

    /** The class name of {@link Subsystem}. */
    public static final DotName SUBSYSTEM = DotName.createSimple(Subsystem.class);

    private static final DotName INJECT = DotName.createSimple(Inject.class);

    private static final Pattern WORD_BOUNDARY = Pattern
            .compile("(?<=[\\p{Ll}\\d])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    private final IndexView index;
    private final InheritedMethods inherited;
    private final Map<DotName, SubsystemBean> beans;
    private final Predicate<ClassInfo> disabled;
    private final List<SubsystemBuildItem> contributions;

    private Discovery(IndexView index, Map<DotName, SubsystemBean> beans, Predicate<ClassInfo> disabled,
            List<SubsystemBuildItem> contributions) {
        this.index = index;
        this.inherited = new InheritedMethods(index);
        this.beans = beans;
        this.disabled = disabled;
        this.contributions = contributions;
    }

    /**
     * Finds all subsystems.
     *
     * @param index the classes of the application
     * @param beans the classes that are beans in this build
     * @param disabled whether a class is excluded from this build
     * @param contributions what other extensions contribute
     */
    public static Subsystems discover(IndexView index, Map<DotName, SubsystemBean> beans, Predicate<ClassInfo> disabled,
            List<SubsystemBuildItem> contributions) {
        return new Discovery(index, beans, disabled, contributions).discover();
    }

    /** The name of the subsystem that an annotation declares. */
    public static String nameOf(AnnotationInstance annotation) {
        AnnotationValue given = annotation.value();
        return given == null || given.asString().isEmpty() ? defaultName(annotation.target().asClass().simpleName())
                : given.asString();
    }

    /** The simple class name in kebab-case: {@code LineIngest} becomes {@code line-ingest}. */
    static String defaultName(String simpleClassName) {
        return WORD_BOUNDARY.matcher(simpleClassName).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    private Subsystems discover() {
        List<SubsystemClass> classes = new ArrayList<>();
        for (AnnotationInstance annotation : index.getAnnotations(SUBSYSTEM)) {
            classes.add(read(annotation, annotation.target().asClass()));
        }
        for (SubsystemBuildItem contribution : contributions) {
            contribution.getBeanClass().map(DotName::createSimple).ifPresent(type -> classes.add(read(contribution, type)));
        }
        classes.sort(Comparator.comparing(SubsystemClass::type).thenComparing(SubsystemClass::location));
        Set<DotName> types = classes.stream().map(SubsystemClass::type).collect(Collectors.toUnmodifiableSet());
        return new Subsystems(replaced(classes), supplied(), new Strays(index, inherited, types).all(),
                unindexed(classes));
    }

    private List<SuppliedSubsystem> supplied() {
        return contributions.stream().filter(contribution -> contribution.getCode().isPresent())
                .map(contribution -> new SuppliedSubsystem(contribution.getName(),
                        contribution.getDependsOn().stream().distinct().toList(),
                        contribution.getRestart(), contribution.isCritical(), contribution.getRestartOn(),
                        contribution.getContributor()))
                .sorted(Comparator.comparing(SuppliedSubsystem::name).thenComparing(SuppliedSubsystem::location)).toList();
    }

    /**
     * The same classes. If several enabled ones have the same name, the one with the greatest precedence replaces the others;
     * if several have that precedence, none is replaced.
     */
    private static List<SubsystemClass> replaced(List<SubsystemClass> classes) {
        Map<String, List<SubsystemClass>> enabled = classes.stream()
                .filter(type -> type.eligibility() == Eligibility.ENABLED)
                .collect(Collectors.groupingBy(SubsystemClass::name));
        return classes.stream().map(type -> type.eligibility() == Eligibility.ENABLED
                && isReplaced(type, enabled.get(type.name())) ? type.replaced() : type).toList();
    }

    private static boolean isReplaced(SubsystemClass type, List<SubsystemClass> namesakes) {
        Precedence greatest = namesakes.stream().map(SubsystemClass::precedence).max(Comparator.naturalOrder()).orElseThrow();
        return type.precedence().compareTo(greatest) < 0;
    }

    private SubsystemClass read(AnnotationInstance annotation, ClassInfo type) {
        InheritedMethods.Found methods = inherited.of(type);
        return new SubsystemClass(
                type.name(),
                nameOf(annotation),
                Arrays.stream(arrayOf(annotation.value("dependsOn"))).map(AnnotationValue::asClass).map(Type::name).toList(),
                Arrays.stream(arrayOf(annotation.value("dependsOnNames"))).map(AnnotationValue::asString).toList(),
                RestartPolicy.valueOf(annotation.valueWithDefault(index, "restart").asEnum()),
                annotation.valueWithDefault(index, "critical").asBoolean(),
                Arrays.stream(arrayOf(annotation.value("restartOn"))).map(AnnotationValue::asString).toList(),
                beans.get(type.name()),
                eligibility(type),
                List.copyOf(methods.annotated()),
                List.copyOf(methods.lost()), null);
    }

    private SubsystemClass read(SubsystemBuildItem contribution, DotName name) {
        ClassInfo type = index.getClassByName(name);
        InheritedMethods.Found methods = type == null ? InheritedMethods.Found.NONE : inherited.of(type);
        return new SubsystemClass(name, contribution.getName(), List.of(), contribution.getDependsOn(),
                contribution.getRestart(), contribution.isCritical(), contribution.getRestartOn(), beans.get(name),
                type == null ? Eligibility.MISSING : eligibility(type), List.copyOf(methods.annotated()),
                List.copyOf(methods.lost()), contribution.getContributor());
    }

    private Eligibility eligibility(ClassInfo type) {
        if (type.isInterface() || type.isAnnotation()) {
            return Eligibility.INTERFACE;
        } else if (type.isEnum()) {
            return Eligibility.ENUM;
        } else if (Modifier.isAbstract(type.flags())) {
            return Eligibility.ABSTRACT;
        } else if (isInner(type)) {
            return Eligibility.INNER;
        } else if (beans.containsKey(type.name())) {
            return Eligibility.ENABLED;
        }
        return disabled.test(type) || hasBeanConstructor(type) ? Eligibility.DISABLED : Eligibility.NO_CONSTRUCTOR;
    }

    private static boolean isInner(ClassInfo type) {
        return switch (type.nestingType()) {
            case TOP_LEVEL -> false;
            case INNER -> !Modifier.isStatic(type.flags());
            default -> true;
        };
    }

    private static boolean hasBeanConstructor(ClassInfo type) {
        List<MethodInfo> constructors = type.constructors();
        return constructors.size() == 1 || type.hasNoArgsConstructor()
                || constructors.stream().anyMatch(constructor -> constructor.hasDeclaredAnnotation(INJECT));
    }

    /** A class outside of all indexes can be looked up by its name, but not by its annotations. */
    private Set<DotName> unindexed(List<SubsystemClass> classes) {
        Set<DotName> indexed = classes.stream().map(SubsystemClass::type).collect(Collectors.toSet());
        return classes.stream().flatMap(type -> type.dependsOn().stream())
                .filter(dependency -> !indexed.contains(dependency)).filter(this::isAnnotated)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isAnnotated(DotName name) {
        ClassInfo type = index.getClassByName(name);
        return type != null && type.hasDeclaredAnnotation(SUBSYSTEM);
    }

    private static AnnotationValue[] arrayOf(@Nullable AnnotationValue value) {
        return value == null ? new AnnotationValue[0] : value.asArrayList().toArray(AnnotationValue[]::new);
    }
}
