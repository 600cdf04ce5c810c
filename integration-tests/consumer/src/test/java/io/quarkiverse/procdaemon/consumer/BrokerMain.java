package io.quarkiverse.procdaemon.consumer;

import java.util.Map;

import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

/**
 * A Kafka of one node, which is broker and controller. Arguments: the directory of its data, formatted unless it is, and both
 * ports.
 */
final class BrokerMain {

    private BrokerMain() {
    }

    public static void main(String[] arguments) throws Exception {
        String directory = arguments[0];
        String broker = "127.0.0.1:" + arguments[1];
        String controller = "127.0.0.1:" + arguments[2];
        new Formatter().setNodeId(1).setClusterId("cluster-of-the-test").addDirectory(directory)
                .setMetadataLogDirectory(directory).setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setControllerListenerName("CONTROLLER").setIgnoreFormatted(true).run();
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(Map.ofEntries(
                Map.entry("node.id", "1"),
                Map.entry("process.roles", "broker,controller"),
                Map.entry("log.dirs", directory),
                Map.entry("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller),
                Map.entry("advertised.listeners", "PLAINTEXT://" + broker),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("controller.quorum.voters", "1@" + controller),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // A consumer that was killed is missed soon, and a broker that was killed may come back soon.
                Map.entry("group.min.session.timeout.ms", "500"),
                Map.entry("broker.session.timeout.ms", "1500"),
                Map.entry("broker.heartbeat.interval.ms", "300"))), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.startup();
        System.out.println("The broker listens on " + broker);
        server.awaitShutdown();
    }
}
