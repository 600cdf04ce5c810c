/** Tests of an application that mocks its subsystems; the other packages are left out of it. */
package io.quarkiverse.procdaemon.mock;
