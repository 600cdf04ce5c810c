package io.quarkiverse.procdaemon.consumer;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

import io.quarkiverse.procdaemon.process.AppProcess;
import io.quarkiverse.procdaemon.process.FreePort;

/** A Kafka of the test's own, a process with the test's class path, with the topic of readings. */
final class KafkaBroker implements AutoCloseable {

    static final String TOPIC = "readings";
    private static final String GROUP = "reading-consumer";
    private static final int PARTITIONS = 3;

    private final Path directory;
    private final String port = Integer.toString(FreePort.any());
    private final String controllerPort = Integer.toString(FreePort.any());
    private BrokerProcess process;

    private static final class BrokerProcess extends AppProcess {

        private BrokerProcess(Process process, Path output) {
            super(process, output);
        }

        private static BrokerProcess of(String... arguments) throws IOException {
            Path output = newOutput();
            List<String> command = new ArrayList<>(List.of(java().toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-cp",
                    System.getProperty("java.class.path"), BrokerMain.class.getName()));
            command.addAll(List.of(arguments));
            return new BrokerProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
        }
    }

    /** It runs when this returns. */
    KafkaBroker(Path directory) throws Exception {
        this.directory = directory;
        start();
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get(60, SECONDS);
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /** Starts it, after {@link #kill()} with the data that it had, and waits until it can be used. */
    void start() throws IOException {
        process = BrokerProcess.of(directory.toString(), port, controllerPort);
        try {
            process.awaitLog("The broker listens on");
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    void kill() {
        process.close();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Returns where each of them is. */
    List<RecordMetadata> send(List<String> lines) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", address());
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(),
                new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (String line : lines) {
                sent.add(producer.send(new ProducerRecord<>(TOPIC, line.substring(0, line.indexOf(' ')), line)));
            }
            List<RecordMetadata> places = new ArrayList<>();
            for (Future<RecordMetadata> one : sent) {
                places.add(one.get(60, SECONDS));
            }
            return places;
        }
    }

    /** For each partition the first that a new consumer would get. */
    long[] committed() throws Exception {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata().get(60, SECONDS);
            return IntStream.range(0, PARTITIONS).mapToObj(partition -> offsets.get(new TopicPartition(TOPIC, partition)))
                    .mapToLong(offset -> offset == null ? 0 : offset.offset()).toArray();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", address()));
    }

    @Override
    public void close() {
        process.close();
    }
}
