package io.quarkiverse.procdaemon.deployment.schedule;

import static org.jboss.jandex.gizmo2.Jandex2Gizmo.classDescOf;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.Gizmo;
import io.quarkus.gizmo2.desc.ConstructorDesc;
import io.quarkus.runtime.util.HashUtil;

/**
 * A predicate to be generated, for {@code skipExecutionIf}.
 *
 * @param subsystem the class of the subsystem whose methods it guards
 * @param predicate the class of the user's predicate, {@link #NEVER} if there is none
 */
record ScheduleGuard(DotName subsystem, DotName predicate) {

    static final DotName SCHEDULED = DotName.createSimple("io.quarkus.scheduler.Scheduled");
    static final DotName SCHEDULES = DotName.createSimple("io.quarkus.scheduler.Scheduled$Schedules");
    static final DotName NEVER = DotName.createSimple("io.quarkus.scheduler.Scheduled$Never");

    private static final String PREDICATE = "skipExecutionIf";
    private static final ClassDesc SUPERCLASS = ClassDesc.of("io.quarkiverse.procdaemon.runtime.schedule.RunningOnly");
    private static final ConstructorDesc SUPER = ConstructorDesc.of(SUPERCLASS, String.class, String.class, Class.class);

    static boolean isSchedule(AnnotationInstance annotation) {
        return annotation.name().equals(SCHEDULED) || annotation.name().equals(SCHEDULES);
    }

    /** The guards of a method, one for each of its schedules. */
    static List<ScheduleGuard> of(MethodInfo method) {
        List<ScheduleGuard> guards = new ArrayList<>();
        for (AnnotationInstance annotation : method.declaredAnnotations()) {
            if (annotation.name().equals(SCHEDULED)) {
                guards.add(of(method, annotation));
            } else if (annotation.name().equals(SCHEDULES)) {
                Arrays.stream(annotation.value().asNestedArray()).forEach(schedule -> guards.add(of(method, schedule)));
            }
        }
        return guards;
    }

    /** The annotation with a guard in place of each predicate. */
    static AnnotationInstance guard(MethodInfo method, AnnotationInstance annotation) {
        if (annotation.name().equals(SCHEDULES)) {
            AnnotationValue[] guarded = Arrays.stream(annotation.value().asNestedArray())
                    .map(schedule -> AnnotationValue.createNestedAnnotationValue("", guard(method, schedule)))
                    .toArray(AnnotationValue[]::new);
            return AnnotationInstance.create(SCHEDULES, annotation.target(),
                    List.of(AnnotationValue.createArrayValue("value", guarded)));
        }
        List<AnnotationValue> values = new ArrayList<>(annotation.values());
        values.removeIf(value -> value.name().equals(PREDICATE));
        values.add(AnnotationValue.createClassValue(PREDICATE,
                Type.create(DotName.createSimple(of(method, annotation).className()), Type.Kind.CLASS)));
        return AnnotationInstance.create(SCHEDULED, annotation.target(), values);
    }

    /** The name of the generated class, in the package of the subsystem: the predicate may be visible only there. */
    String className() {
        return subsystem + "_WhileRunning" + (predicate.equals(NEVER) ? "" : "_" + HashUtil.sha1(predicate.toString()));
    }

    /** Writes the class: a subclass of {@code RunningOnly} with a constructor and no more. */
    void generate(Gizmo gizmo, String name) {
        gizmo.class_(className(), type -> {
            type.extends_(SUPERCLASS);
            type.constructor(constructor -> constructor.body(body -> {
                body.invokeSpecial(SUPER, constructor.this_(), Const.of(name), Const.of(subsystem.toString()),
                        Const.of(classDescOf(predicate)));
                body.return_();
            }));
        });
    }

    private static ScheduleGuard of(MethodInfo method, AnnotationInstance schedule) {
        AnnotationValue predicate = schedule.value(PREDICATE);
        return new ScheduleGuard(method.declaringClass().name(), predicate == null ? NEVER : predicate.asClass().name());
    }
}
