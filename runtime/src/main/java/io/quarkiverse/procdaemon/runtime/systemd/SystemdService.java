package io.quarkiverse.procdaemon.runtime.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.events.ReasonText;
import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** Tells systemd about the daemon, on a thread of its own. */
public final class SystemdService implements DaemonService, DaemonListener {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");
    private static final String SOCKET = "NOTIFY_SOCKET";

    /** The exit code for a wrong configuration, {@code EX_CONFIG}: the generated unit does not start such a process again. */
    public static final int WRONG_CONFIGURATION = 78;

    private static final int LAST_LOOKS = 20;

    private final NotifySocket socket;
    private final long watchdogInterval;
    private final BooleanSupplier applicationStarted;
    private final Supplier<ShutdownBudget> budget;
    private volatile @Nullable Conversation conversation;
    private volatile @Nullable Thread thread;
    /** Whether the last message could not be sent; confined to the thread. */
    private boolean failing;

    private SystemdService(NotifySocket socket, long watchdogInterval, BooleanSupplier applicationStarted,
            Supplier<ShutdownBudget> budget) {
        this.socket = socket;
        this.watchdogInterval = watchdogInterval;
        this.applicationStarted = applicationStarted;
        this.budget = budget;
    }

    /**
     * The service of this process; empty, with a warning, if systemd cannot be reached and need not be.
     *
     * @param isRequired whether it is an error if systemd cannot be reached
     * @param environment the variables of the process; null for one that is not set
     * @param applicationStarted whether the application has started, HTTP included
     * @param budget how long a stop may take, if it begins now
     * @throws InvalidConfigurationException if systemd cannot be reached though it must be
     */
    public static Optional<SystemdService> of(boolean isRequired, Function<String, @Nullable String> environment,
            BooleanSupplier applicationStarted, Supplier<ShutdownBudget> budget) {
        String name = environment.apply(SOCKET);
        if (name == null || name.isEmpty()) {
            throw refusal("quarkus.proc-daemon.systemd.enabled is true, but the environment variable " + SOCKET + " is not set:"
                    + " systemd did not start this process, or its unit has neither Type=notify nor NotifyAccess; correct the"
                    + " unit, or set the key to auto");
        }
        try {
            return Optional
                    .of(new SystemdService(NotifySocket.of(name), WatchdogInterval.nanos(environment.apply("WATCHDOG_USEC"),
                            environment.apply("WATCHDOG_PID"), ProcessHandle.current().pid()), applicationStarted, budget));
        } catch (IllegalArgumentException unreachable) {
            String problem = "the environment variable " + SOCKET + " (" + StatusText.line(name) + ") cannot be used: "
                    + unreachable.getMessage();
            if (isRequired) {
                throw refusal(problem + "; correct it, or set quarkus.proc-daemon.systemd.enabled to auto");
            }
            LOG.warnf("No messages are sent to systemd, because %s", problem);
            return Optional.empty();
        }
    }

    /**
     * Says in the status of the unit why the daemon does not start; waits until that is sent.
     *
     * @param name what {@code NOTIFY_SOCKET} says
     * @param problems all of them, at least one
     */
    public static void notStarted(String name, List<String> problems) {
        try {
            String status = StatusText.line("Not started: " + problems.get(0) + more(problems));
            Senders.find(NotifySocket.of(name)).send(("STATUS=" + status).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException unreachable) {
            LOG.debug("The status of the unit does not say why the daemon does not start", unreachable);
        }
    }

    private static String more(List<?> problems) {
        return problems.size() == 1 ? "" : " and " + (problems.size() - 1) + " more";
    }

    private static InvalidConfigurationException refusal(String problem) {
        return new InvalidConfigurationException(ErrorCode.INVALID_CONFIGURATION, "the configuration of the daemon",
                List.of(problem));
    }

    @Override
    public void begin(DaemonInternals daemon) {
        long now = System.nanoTime();
        conversation = new Conversation(daemon, applicationStarted, budget, new Watchdog(watchdogInterval, now), now);
        thread = new SystemThreads().start(ThreadKind.PLATFORM, "proc-daemon-systemd", this::talk);
    }

    private void talk() {
        Sender sender = Senders.find(socket);
        Conversation talk = conversation;
        // Until the process ends: the watchdog wants its messages up to then.
        while (true) {
            for (String message : talk.due(System.nanoTime())) {
                if (!send(sender, message)) {
                    talk.repeatStatus();
                }
            }
            LockSupport.parkNanos(this, talk.idle(System.nanoTime()));
            // A stray interrupt must not keep it awake.
            Thread.interrupted();
        }
    }

    /** False if it could not be sent, though the one before could: another attempt may be worth it. */
    private boolean send(Sender sender, String message) {
        try {
            sender.send(message.getBytes(StandardCharsets.UTF_8));
            failing = false;
            return true;
        } catch (IOException | RuntimeException failure) {
            boolean isFirst = !failing;
            failing = true;
            if (isFirst) {
                LOG.warnf(failure,
                        "A message to systemd could not be sent to %s; the daemon goes on, and systemd may take it for"
                                + " one that does not start, stop or live",
                        StatusText.line(socket.name()));
            }
            return !isFirst;
        }
    }

    /** Gives the last messages a moment. The thread stays until the process ends. */
    @Override
    public void end() {
        Conversation talk = conversation;
        for (int look = 0; talk != null && !talk.isUpToDate() && look < LAST_LOOKS; look++) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private void hear(Conversation.Notice notice) {
        Conversation talk = conversation;
        if (talk != null) {
            talk.hear(notice);
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        hear(new Conversation.Notice.Changed());
    }

    @Override
    public void registered(String subsystem) {
        hear(new Conversation.Notice.Changed());
    }

    @Override
    public void unregistered(String subsystem) {
        hear(new Conversation.Notice.Changed());
    }

    @Override
    public void stateChanged() {
        hear(new Conversation.Notice.Changed());
    }

    @Override
    public void reloadBegan() {
        hear(new Conversation.Notice.ReloadBegan());
    }

    @Override
    public void reloadCancelled() {
        hear(new Conversation.Notice.ReloadEnded("the last reload failed, see the log"));
    }

    @Override
    public void reloaded(ReloadResult result, Instant at) {
        hear(new Conversation.Notice.ReloadEnded(StatusText.note(result)));
    }

    @Override
    public void limitExceeded(ResourceLimitExceeded event, boolean shutsDown) {
        hear(new Conversation.Notice.Limit(event.resource(), true));
    }

    @Override
    public void limitCleared(ResourceLimitCleared event) {
        hear(new Conversation.Notice.Limit(event.resource(), false));
    }

    @Override
    public void shutdownBegan(String daemon, ShutdownReason reason, OptionalInt exitCode, boolean duringStart) {
        hear(new Conversation.Notice.Stopping(ReasonText.of(reason)));
    }

    @Override
    public void shutdownDelayed(String daemon, Duration after, List<String> held) {
        hear(new Conversation.Notice.Stopping("not down after " + Durations.text(after)
                + (held.isEmpty() ? "" : ", held by " + String.join(", ", held))));
    }
}
