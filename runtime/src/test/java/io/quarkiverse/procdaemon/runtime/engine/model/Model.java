package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.List;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/**
 * The contract as a plain program: given one thing after another that happens to the daemon, it says what every subsystem must
 * look like then. It knows no threads, no loop and no counts; it looks at all subsystems again and again until nothing is
 * left to do.
 */
final class Model extends Rules {

    Model(List<Plan> plans, ShutdownTimeouts timeouts, boolean retriesStart, Delays delays) {
        super(timeouts, retriesStart, delays);
        plans.forEach(this::add);
    }

    private Sub add(Plan plan) {
        Sub sub = new Sub(plan, plan.dependsOn().stream().map(subs::get).toList());
        sub.since = now;
        sub.dependencies.forEach(dependency -> dependency.dependents.add(sub));
        subs.put(plan.name(), sub);
        return sub;
    }

    void startAll() {
        if (stopBegun) {
            return;
        }
        startBegun = true;
        subs.values().stream().filter(sub -> sub.plan.settings().critical() && sub.state != SubsystemState.RUNNING)
                .forEach(neverUp::add);
        subs.values().stream().filter(sub -> sub.haunted).findFirst().ifPresent(this::breakStart);
        if (!stopBegun) {
            List.copyOf(subs.values()).forEach(this::want);
        }
        succeedIfAllUp();
        settle();
    }

    void stopAll() {
        beginStop();
        settle();
    }

    void shutdown(int code) {
        exit(code);
        settle();
    }

    void start(Sub sub, Promise promise) {
        sub.starts.add(promise);
        if (sub.isUp()) {
            fulfil(sub.starts, Promise.Fate.KEPT);
        } else {
            bringUp(sub);
        }
        settle();
    }

    void restart(Sub sub, Promise promise) {
        sub.starts.add(promise);
        if (sub.isActive()) {
            replace(sub);
        }
        bringUp(sub);
        settle();
    }

    void stop(Sub sub, Promise promise) {
        sub.stops.add(promise);
        bringDown(sub);
        if (!sub.isActive()) {
            fulfil(sub.stops, Promise.Fate.KEPT);
        }
        settle();
    }

    void unregister(Sub sub, Promise promise) {
        if (!sub.dependents.isEmpty()) {
            promise.fate = Promise.Fate.BROKEN;
            return;
        }
        sub.leaves.add(promise);
        sub.leaving = true;
        bringDown(sub);
        if (sub.leaving && !sub.isActive()) {
            leave(sub);
        }
        settle();
    }

    /** Whether a registration is accepted. */
    boolean accepts(Plan plan) {
        return !stopBegun && !subs.containsKey(plan.name())
                && plan.dependsOn().stream().allMatch(name -> subs.containsKey(name) && !subs.get(name).leaving);
    }

    void register(Plan plan, Promise promise) {
        Sub sub = add(plan);
        sub.starts.add(promise);
        if (startBegun) {
            if (plan.settings().critical() && start == Promise.Fate.OPEN) {
                neverUp.add(sub);
            }
            want(sub);
        }
        settle();
    }

    void heartbeat(Sub sub) {
        if (sub.hungFrom != Sub.NEVER) {
            silentSince(sub, now);
        }
    }

    /** A piece of code has ended. */
    void ended(String name, long generation, Phase phase, boolean threw, boolean outage) {
        Sub sub = subs.get(name);
        if (sub.haunted) {
            sub.inside = null;
            sub.haunted = sub.isBusy();
            return;
        }
        if (sub.generation != generation || sub.inside != phase) {
            throw new AssertionError(phase + " of run " + generation + " has ended, but there is " + sub);
        }
        sub.inside = null;
        switch (sub.state) {
            case STARTING -> {
                sub.startDue = Sub.NEVER;
                if (threw) {
                    fail(sub, Phase.START, outage);
                } else {
                    running(sub);
                }
            }
            case RUNNING -> bodyEnded(sub, threw, outage);
            default -> {
                if (phase == Phase.STOP && threw) {
                    sub.failures++;
                    sub.failedIn = Phase.STOP;
                    say("Failed", sub);
                    threw = false;
                }
                endedWhileStopping(sub, threw && sub.failedIn == null);
            }
        }
        settle();
    }

    void forks(Sub sub) {
        sub.forked++;
    }

    /** A forked task has ended. */
    void forkedEnded(Sub sub, boolean threw, boolean outage) {
        sub.forked--;
        if (sub.haunted) {
            sub.haunted = sub.isBusy();
            return;
        }
        switch (sub.state) {
            case STARTING -> {
                if (threw) {
                    failed(sub, outage);
                }
            }
            case RUNNING -> {
                if (threw) {
                    failed(sub, outage);
                } else if (sub.plan.has(Phase.RUN) && sub.inside == null) {
                    bodyEnded(sub, false, false);
                }
            }
            default -> endedWhileStopping(sub, threw && sub.failedIn == null);
        }
        settle();
    }

    /** Its run says that it has failed. */
    void failed(Sub sub, boolean outage) {
        if (sub.state == SubsystemState.STARTING || sub.state == SubsystemState.RUNNING) {
            sub.startDue = Sub.NEVER;
            fail(sub, sub.state == SubsystemState.STARTING ? Phase.START : Phase.RUN, outage);
            settle();
        }
    }

    private void endedWhileStopping(Sub sub, boolean said) {
        if (said) {
            // It is said, and decides nothing.
            sub.failures++;
            say("Failed", sub);
        }
        if (sub.told) {
            cleanUp(sub);
        }
    }

    void workBegins(Sub sub) {
        sub.work++;
    }

    void workEnds(Sub sub) {
        sub.work--;
        if (sub.haunted) {
            sub.haunted = sub.isBusy();
        } else if (sub.told) {
            cleanUp(sub);
            settle();
        }
    }

    /** Its silence was noticed. */
    void hung(Sub sub) {
        if (now < sub.hungFrom || now > sub.hungBy) {
            throw new AssertionError(sub + " counts as hung at " + now + ", not from " + sub.hungFrom + " to " + sub.hungBy);
        }
        fail(sub, Phase.RUN, false);
        settle();
    }

    /** What falls due at that time, one thing after the other. */
    void moveTo(long time) {
        now = time;
        for (Sub sub : List.copyOf(subs.values())) {
            if (sub.startDue <= now) {
                sub.startDue = Sub.NEVER;
                fail(sub, Phase.START, false);
            } else if (sub.proofDue <= now) {
                sub.proofDue = Sub.NEVER;
                recovered(sub);
            } else if (sub.forceDue <= now) {
                sub.forceDue = Sub.NEVER;
                force(sub);
            } else if (sub.abandonDue <= now) {
                abandon(sub);
            } else if (sub.resumeDue <= now) {
                sub.resumeDue = Sub.NEVER;
                await(sub);
            } else {
                continue;
            }
            settle();
        }
        if (ownDue <= now) {
            ownDue = Sub.NEVER;
            beginStop();
            settle();
        }
        halfDue = halfDue <= now ? Sub.NEVER : halfDue;
        lateDue = lateDue <= now ? Sub.NEVER : lateDue;
        if (gracefulDue <= now) {
            gracefulDue = Sub.NEVER;
            subs.values().forEach(this::force);
        }
        if (forceDue <= now) {
            forceDue = Sub.NEVER;
            List.copyOf(subs.values()).forEach(this::abandon);
            settle();
        }
        if (killDue <= now) {
            killDue = Sub.NEVER;
            for (Sub sub; (sub = anyTold()) != null;) {
                abandon(sub);
                settle();
            }
        }
        for (Sub sub : subs.values()) {
            if (now > sub.hungBy) {
                throw new AssertionError(sub + " should count as hung by " + sub.hungBy + ", and it is " + now);
            }
        }
    }
}
