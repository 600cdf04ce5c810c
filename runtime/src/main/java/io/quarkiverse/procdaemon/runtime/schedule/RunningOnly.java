package io.quarkiverse.procdaemon.runtime.schedule;

import io.quarkus.arc.Arc;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.SkipPredicate;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.common.runtime.util.SchedulerUtils;

/**
 * Skips an execution if the user's own predicate does, or unless the subsystem is RUNNING and takes work. The build generates a
 * subclass for each pair of a subsystem and a predicate, because {@code skipExecutionIf} can only name a class.
 */
public abstract class RunningOnly implements SkipPredicate {

    private final String subsystem;
    private final SkipPredicate own;
    private final ScheduledWork work;
    private final boolean replaced;

    /**
     * Called by the scheduler, through the subclass.
     *
     * @param subsystem the name of the subsystem whose methods it guards
     * @param type the class of the subsystem
     * @param own the user's predicate, a bean or a class with a constructor without parameters; {@code Never} if there is none
     */
    protected RunningOnly(String subsystem, String type, Class<? extends SkipPredicate> own) {
        this.subsystem = subsystem;
        this.own = own == Scheduled.Never.class ? execution -> false : SchedulerUtils.instantiateBeanOrClass(own);
        this.work = Arc.container().instance(ScheduledWork.class).get();
        this.replaced = Arc.container().instance(Replaced.class).get().contains(type);
    }

    @Override
    public boolean test(ScheduledExecution execution) {
        // The user's predicate first: if it skips the execution, or throws, no work has begun.
        return replaced || own.test(execution) || !work.begin(subsystem, execution);
    }
}
