package io.quarkiverse.procdaemon.deployment.schedule;

import static org.jboss.jandex.gizmo2.Jandex2Gizmo.classDescOf;

import java.lang.constant.ClassDesc;

import io.quarkus.gizmo2.ClassOutput;
import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.Gizmo;
import io.quarkus.gizmo2.desc.ConstructorDesc;

/** Writes the subclasses of {@code SubsystemGate}; each is a constructor and no more. */
final class ScheduleGuardGenerator {

    private static final ClassDesc SUPERCLASS = ClassDesc.of("io.quarkiverse.procdaemon.runtime.schedule.SubsystemGate");
    private static final ConstructorDesc SUPER = ConstructorDesc.of(SUPERCLASS, String.class, String.class,
            Class.class);

    private final Gizmo gizmo;

    ScheduleGuardGenerator(ClassOutput output) {
        this.gizmo = Gizmo.create(output).withDebugInfo(false).withParameters(false);
    }

    void generate(ScheduleGuard gate, String subsystem) {
        gizmo.class_(gate.className(), type -> {
            type.extends_(SUPERCLASS);
            type.constructor(constructor -> constructor.body(body -> {
                body.invokeSpecial(SUPER, constructor.this_(), Const.of(subsystem),
                        Const.of(gate.subsystem().toString()), Const.of(classDescOf(gate.predicate())));
                body.return_();
            }));
        });
    }
}
