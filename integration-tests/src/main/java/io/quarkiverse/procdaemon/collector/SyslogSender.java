package io.quarkiverse.procdaemon.collector;

/**
 * Tells senders of syslog, such as {@code logger --tcp}, from other clients: their lines begin with a priority, as in
 * {@code <13>}. Syslog has no answers, and its senders read none; when one closes its socket over unread answers, the system
 * throws away the lines that it had yet to send.
 */
final class SyslogSender {

    private static final int MAX_DIGITS = 3;

    private SyslogSender() {
    }

    static boolean isRecognizedBy(byte[] line, int length) {
        if (length == 0 || line[0] != '<') {
            return false;
        }
        int end = 1;
        while (end < length && end <= MAX_DIGITS && line[end] >= '0' && line[end] <= '9') {
            end++;
        }
        return end > 1 && end < length && line[end] == '>';
    }
}
