package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.transaction.Transactional;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;

/** {@code @Transactional} and Hibernate in the methods of subsystems: each call is a transaction, and a session without one. */
class TransactionTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().setForcedDependencies(Extensions.hibernate())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Note.class, Outbox.class, Reader.class))
            .overrideConfigKey("quarkus.datasource.db-kind", "h2")
            .overrideConfigKey("quarkus.datasource.jdbc.url", "jdbc:h2:mem:transactions")
            .overrideConfigKey("quarkus.hibernate-orm.schema-management.strategy", "drop-and-create")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.initial-delay", "1ms");

    @Entity(name = "Note")
    static class Note {

        @Id
        @GeneratedValue
        Long id;

        String text;
    }

    @Subsystem
    static class Outbox {

        @Inject
        EntityManager entities;

        private int calls;

        @OnStart
        @Transactional
        void start() {
            write("start");
        }

        /** What the second call writes is rolled back. */
        @Run(every = "1ms")
        @Transactional
        void poll() {
            calls++;
            write("poll " + calls);
            if (calls == 2) {
                throw new IllegalStateException("once");
            }
        }

        @OnStop
        @Transactional
        void stop() {
            write("stop");
        }

        private void write(String text) {
            Note note = new Note();
            note.text = text;
            entities.persist(note);
        }
    }

    /** Reads without a transaction, for which the session needs a request context. */
    @Subsystem(dependsOn = Outbox.class)
    static class Reader {

        static final CompletableFuture<Long> AT_START = new CompletableFuture<>();
        static volatile List<String> texts = List.of();

        @Inject
        EntityManager entities;

        @OnStart
        void start() {
            AT_START.complete(count("start"));
        }

        @Run(every = "1ms")
        void poll() {
            texts = entities.createQuery("select n.text from Note n order by n.id", String.class).getResultList();
        }

        private long count(String text) {
            return entities.createQuery("select count(n) from Note n where n.text = :text", Long.class)
                    .setParameter("text", text).getSingleResult();
        }
    }

    @Test
    void eachCallIsATransaction() throws Exception {
        assertThat(Reader.AT_START.get(10, TimeUnit.SECONDS)).isPositive();
        Awaitility.await().until(() -> Reader.texts.contains("poll 3"));
        assertThat(Reader.texts).startsWith("start", "poll 1", "stop", "start", "poll 3").doesNotContain("poll 2");
    }
}
