/** What the application has of subsystems; not compiled where the extension is not there. */
package io.quarkiverse.procdaemon.bench.app.subsystems;
