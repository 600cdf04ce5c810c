package io.quarkiverse.procdaemon.relay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;

/** PostgreSQL if {@code quarkus.datasource.jdbc.url} is set, otherwise the embedded H2. */
@Singleton
class Database {

    @Inject
    InjectableInstance<AgroalDataSource> postgresql;

    @Inject
    @DataSource("embedded")
    AgroalDataSource embedded;

    Connection connect() throws SQLException {
        boolean configured = postgresql.getHandle().getBean().isActive();
        return (configured ? postgresql.get() : embedded).getConnection();
    }

    void update(String sql, Object... parameters) throws SQLException {
        try (Connection connection = connect(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
