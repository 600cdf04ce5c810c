package io.quarkiverse.procdaemon.runtime.schedule;

import io.quarkus.arc.Arc;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.SkipPredicate;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.common.runtime.util.SchedulerUtils;

/**
 * Skips an execution if the user's own predicate says so or the subsystem takes no work now. The build makes a subclass for
 * each pair of a subsystem and a predicate, because {@code skipExecutionIf} can only name a class.
 */
public abstract class SubsystemGate implements SkipPredicate {

    private final String subsystem;
    private final SkipPredicate own;
    private final ScheduledWork errands;
    private final boolean replaced;

    /**
     * Called by the scheduler when it is made, through the subclass.
     *
     * @param subsystem the name of the subsystem whose methods it guards
     * @param type the class of the subsystem
     * @param own the predicate the user gave, a bean or a class with a constructor without parameters; {@code Never} if none
     */
    protected SubsystemGate(String subsystem, String type, Class<? extends SkipPredicate> own) {
        this.subsystem = subsystem;
        this.own = own == Scheduled.Never.class ? execution -> false : SchedulerUtils.instantiateBeanOrClass(own);
        this.errands = Arc.container().instance(ScheduledWork.class).get();
        this.replaced = Arc.container().instance(Replaced.class).get().contains(type);
    }

    @Override
    public boolean test(ScheduledExecution execution) {
        // The user's first: what it skips, or throws, must not have begun.
        return replaced || own.test(execution) || !errands.begin(subsystem, execution);
    }
}
