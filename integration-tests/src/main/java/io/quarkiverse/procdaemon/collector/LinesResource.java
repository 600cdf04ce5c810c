package io.quarkiverse.procdaemon.collector;

import java.io.IOException;

import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.PathPart;

/** What is in the journal, over HTTP. */
@Path("/lines")
class LinesResource {

    private static final int LONGEST_TAIL = 1000;

    @Inject
    Tally tally;

    @Inject
    Journal journal;

    /** How many lines, and words in them, were acknowledged. */
    @GET
    @Path("count")
    @Produces(MediaType.APPLICATION_JSON)
    public String count() throws IOException {
        return tally.count().toJson();
    }

    /** The last lines as they are, sent from the file without being read into memory. */
    @GET
    @Path("tail")
    @Produces("text/plain;charset=UTF-8")
    public Response tail(@QueryParam("n") @DefaultValue("10") String n) throws IOException {
        int lines = parse(n);
        long length = journal.length();
        long start = Tail.start(journal.path(), length, lines);
        return start == length ? Response.ok("").build()
                : Response.ok(new PathPart(journal.path(), start, length - start)).build();
    }

    private static int parse(String n) {
        try {
            int lines = Integer.parseInt(n);
            if (lines >= 1 && lines <= LONGEST_TAIL) {
                return lines;
            }
        } catch (NumberFormatException e) {
            // The same answer as for a number out of range.
        }
        throw new BadRequestException(Response.status(Response.Status.BAD_REQUEST).type(MediaType.TEXT_PLAIN_TYPE)
                .entity("n is '" + n + "': give a number from 1 to " + LONGEST_TAIL + "\n").build());
    }
}
