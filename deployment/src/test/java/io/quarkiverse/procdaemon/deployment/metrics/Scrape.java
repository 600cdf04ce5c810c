package io.quarkiverse.procdaemon.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;

import io.restassured.RestAssured;

/** What {@code /q/metrics} says of subsystems: the series, each once, with its value. How long things took is left out. */
final class Scrape {

    private Scrape() {
    }

    static Map<String, Double> now() {
        Map<String, Double> series = new TreeMap<>();
        RestAssured.given().accept("text/plain").get("/q/metrics").then().statusCode(200).extract().asString().lines()
                .filter(line -> line.startsWith("proc_daemon_subsystem_") && !line.matches(".*_seconds_(sum|max).*"))
                .map(line -> line.replace(",}", "}").split(" "))
                .forEach(words -> assertThat(series.put(words[0], Double.valueOf(words[1]))).as(words[0]).isNull());
        return series;
    }

    /** All series of a subsystem. */
    static Map<String, Double> expected(String subsystem, String state, int failures, int starts, int stops) {
        Map<String, Double> series = new TreeMap<>();
        String tag = "{subsystem=\"" + subsystem + "\"}";
        series.put("proc_daemon_subsystem_up" + tag, state.equals("RUNNING") ? 1.0 : 0);
        for (String each : "REGISTERED WAITING STARTING RUNNING STOPPING STOPPED RESTARTING FAILED".split(" ")) {
            series.put("proc_daemon_subsystem_state{state=\"" + each + "\",subsystem=\"" + subsystem + "\"}",
                    each.equals(state) ? 1.0 : 0);
        }
        series.put("proc_daemon_subsystem_restarts_left" + tag, state.equals("FAILED") ? 0 : 10.0);
        series.put("proc_daemon_subsystem_next_attempt_seconds" + tag, Double.NaN);
        series.put("proc_daemon_subsystem_outage_seconds" + tag, 0.0);
        series.put("proc_daemon_subsystem_heartbeat_age_seconds" + tag, Double.NaN);
        series.put("proc_daemon_subsystem_in_flight" + tag, 0.0);
        series.put("proc_daemon_subsystem_restarts_total" + tag, 0.0);
        series.put("proc_daemon_subsystem_failures_total" + tag, (double) failures);
        series.put("proc_daemon_subsystem_start_seconds_count" + tag, (double) starts);
        series.put("proc_daemon_subsystem_stop_seconds_count" + tag, (double) stops);
        return series;
    }
}
