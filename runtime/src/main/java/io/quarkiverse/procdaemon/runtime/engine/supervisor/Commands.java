package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;

/**
 * Where commands about single subsystems come in, from any thread. Equal ones that wait to be handled are one, so that a flood
 * of them is bounded.
 */
public final class Commands {

    private final EventLoop<Message> loop;

    /** @param loop handles them */
    public Commands(EventLoop<Message> loop) {
        this.loop = loop;
    }

    /** Posts a command, unless the last one about this subsystem is the same and still waits: then both complete together. */
    public CompletionStage<Void> post(Message.Command.Kind kind, ManagedSubsystem subsystem) {
        // Never locked by the event loop.
        synchronized (subsystem) {
            Message.Command last = subsystem.lastCommand;
            if (last == null || !last.isWaiting(kind)) {
                // A caller at the end of its stack must not leave one here that was never posted.
                subsystem.lastCommand = null;
                last = new Message.Command(kind, subsystem.name());
                post(last);
                subsystem.lastCommand = last;
            }
            return last.promise().minimalCompletionStage();
        }
    }

    /**
     * See {@link io.quarkiverse.procdaemon.SubsystemBuilder#register()}.
     *
     * @return completes when it is RUNNING
     */
    public CompletionStage<Void> register(SubsystemSpec spec) {
        Message.Register command = new Message.Register(spec, new CompletableFuture<>());
        post(command);
        return command.started().minimalCompletionStage();
    }

    private void post(Message command) {
        if (!loop.post(command)) {
            throw new DaemonStateException(ErrorCode.WRONG_STATE, "there is no memory for a command");
        }
    }
}
