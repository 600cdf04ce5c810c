package io.quarkiverse.procdaemon.bench.lifecycle;

import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.bench.engine.EngineState;
import io.quarkiverse.procdaemon.bench.engine.EngineUnderTest;

/** What is compared, by name; made by a function that is looked up once. */
final class Subjects {

    private Subjects() {
    }

    /**
     * How to make a subject for its bodies, as often as needed.
     *
     * @param n how many bodies it will have
     */
    static Function<Bodies, Subject> named(String name, String shape, int n) {
        EngineState.check(name);
        return switch (name) {
            case EngineState.NOW, EngineState.BEFORE -> engine(Shape.named(shape), n);
            case "raw" -> bodies -> new RawThreads(bodies, 1);
            case "raw-own" -> bodies -> new RawThreads(bodies, bodies.count());
            case "guava" -> guava(Thread::new);
            case "guava-virtual" -> guava(VirtualThreads.factory());
            case "spring" -> spring(Thread::new);
            case "spring-virtual" -> spring(VirtualThreads.factory());
            default -> throw new IllegalArgumentException("unknown subject: " + name);
        };
    }

    /** Its specifications are made once; the bodies are those of the last start. */
    private static Function<Bodies, Subject> engine(Shape shape, int n) {
        Bodies[] current = new Bodies[1];
        Supplier<EngineUnderTest> engines = EngineUnderTest.of(shape.specs(n, context -> {
            Bodies mine = current[0];
            mine.atWork();
            context.await();
            mine.notified();
        }));
        return bodies -> {
            current[0] = bodies;
            return new Subsystems(engines.get());
        };
    }

    private static Function<Bodies, Subject> guava(ThreadFactory threads) {
        return bodies -> new GuavaServices(task -> threads.newThread(task).start(), bodies);
    }

    private static Function<Bodies, Subject> spring(ThreadFactory threads) {
        return bodies -> new SpringBeans(threads, bodies);
    }

    private record Subsystems(EngineUnderTest engine) implements Subject {

        @Override
        public void start() {
            engine.start();
        }

        @Override
        public void stop() {
            engine.stop();
        }

        @Override
        public void shutdown() {
            engine.daemon().shutdown();
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
