package io.quarkiverse.procdaemon.runtime.engine.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.UnavailableException;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.OutageSettings;

/** Which exceptions say that something outside of the daemon is unavailable. */
class ThrownOutageTest {

    private static boolean isOutage(Throwable thrown) {
        return Thrown.of(thrown).isOutage(OutageSettings.DEFAULT.types());
    }

    @Test
    void thoseOfTheNetworkAndOfDatabasesDo() {
        for (Exception one : new Exception[] { new UnavailableException("x"), new UnavailableException("x", null),
                new ConnectException(), new UnknownHostException(), new NoRouteToHostException(), new SocketException(),
                new SocketTimeoutException(), new HttpConnectTimeoutException("x"), new SQLTransientConnectionException(),
                new SQLNonTransientConnectionException(), new SQLRecoverableException() }) {
            assertThat(isOutage(one)).as("%s", one).isTrue();
            assertThat(isOutage(new IllegalStateException(new IOException(one)))).as("caused by %s", one).isTrue();
        }
    }

    @Test
    void othersDoNot() {
        for (Exception one : new Exception[] { new IOException("Connection refused"), new IllegalStateException(),
                new TimeoutException(), new SQLException("x"), new SQLException("x", "42P01"), new SQLException("x", "57014"),
                new SQLException("x", "22008") }) {
            assertThat(isOutage(one)).as("%s", one).isFalse();
        }
        IllegalStateException failure = new IllegalStateException();
        failure.addSuppressed(new ConnectException());
        assertThat(isOutage(failure)).as("suppressed").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "08000", "08001", "08006", "57P01", "57P02", "57P03" })
    void theSqlStateDecides(String state) {
        assertThat(isOutage(new SQLException("x", state))).isTrue();
        assertThat(isOutage(new RuntimeException(new Subclass(state)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "28000", "28P01" })
    void aWrongPasswordIsNone(String state) {
        assertThat(isOutage(new SQLException("x", state))).isFalse();
        assertThat(isOutage(new SQLNonTransientConnectionException("x", state))).isFalse();
        assertThat(isOutage(new UnavailableException("x", new SQLInvalidAuthorizationSpecException("x", state)))).isFalse();
        assertThat(isOutage(new SQLException("x", state, new ConnectException()))).isFalse();
    }

    @Test
    void theTimeoutOfAgroalIs() {
        SQLException timeout = new SQLException("Acquisition timeout while waiting for new connection");
        assertThat(isOutage(timeout)).as("not Agroal's").isFalse();
        timeout.setStackTrace(new StackTraceElement[] {
                new StackTraceElement("io.agroal.pool.ConnectionPool", "handlerFromSharedCache", "ConnectionPool.java", 362) });
        assertThat(isOutage(timeout)).isTrue();
        SQLException closed = new SQLException("This pool is closed");
        closed.setStackTrace(timeout.getStackTrace());
        assertThat(isOutage(closed)).isFalse();
    }

    @Test
    void namesMayBeShort() {
        Thrown seen = Thrown.of(new java.io.FileNotFoundException());
        assertThat(seen.isOutage(Set.of("FileNotFoundException"))).isTrue();
        assertThat(seen.isOutage(Set.of("IOException"))).isTrue();
        assertThat(seen.isOutage(Set.of("java.io.IOException"))).isTrue();
        assertThat(seen.isOutage(Set.of("none"))).isFalse();
        assertThat(seen.isOutage(Set.of("other.IOException"))).isFalse();
        assertThat(Thrown.of(new SQLException("x", "08006")).isOutage(Set.of("none"))).isTrue();
    }

    @Test
    void anSqlStateThatThrowsIsNone() {
        Thrown seen = Thrown.of(new SQLException("x") {
            private static final long serialVersionUID = 1L;

            @Override
            public String getSQLState() {
                throw new IllegalStateException();
            }
        });
        assertThat(seen.isOutage(OutageSettings.DEFAULT.types())).isFalse();
        assertThat(Thrown.mayBlock(new SQLException("x"))).isFalse();
        assertThat(Thrown.mayBlock(new Subclass("08006"))).isFalse();
        assertThat(Thrown.mayBlock(new SQLException("x") {
            private static final long serialVersionUID = 1L;

            @Override
            public String getSQLState() {
                return "08006";
            }
        })).isTrue();
    }

    private static final class Subclass extends SQLException {
        private static final long serialVersionUID = 1L;

        Subclass(String state) {
            super("x", state);
        }
    }
}
