package dev.pigeonhole.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return new String[] {
            "pigeonhole " + (version == null ? "(not built as a jar)" : version), "Java " + Runtime.version()
        };
    }
}
