package io.kline;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;

/** Versions of a library or an image with a published flaw. The list stands in for a scanner. */
record KnownBadVersion(
        String group, String artifact, VersionRange versions, String advisories, String why) {

    /** A library by its coordinates, or an image in the group of that name. */
    record Component(String group, String artifact, String version) {}

    static List<KnownBadVersion> all() throws IOException {
        try (InputStream list =
                        KnownBadVersion.class.getResourceAsStream("known-bad-versions.csv");
                CsvReader<NamedCsvRecord> lines = CsvReader.builder().ofNamedCsvRecord(list)) {
            return lines.stream().map(KnownBadVersion::of).toList();
        }
    }

    /** Returns what is known against the components, one line for each. */
    static List<String> among(Iterable<Component> components) throws IOException {
        List<KnownBadVersion> known = all();
        List<String> found = new ArrayList<>();
        for (Component component : components) {
            for (KnownBadVersion bad : known) {
                if (bad.matches(component)) {
                    found.add(component + ": " + bad.advisories + ", " + bad.why);
                }
            }
        }
        return found;
    }

    boolean matches(Component component) {
        return group.equals(component.group)
                && artifact.equals(component.artifact)
                && versions.containsVersion(new DefaultArtifactVersion(component.version));
    }

    private static KnownBadVersion of(NamedCsvRecord line) {
        try {
            return new KnownBadVersion(
                    line.getField("group"),
                    line.getField("artifact"),
                    VersionRange.createFromVersionSpec(line.getField("versions")),
                    line.getField("advisories"),
                    line.getField("why"));
        } catch (InvalidVersionSpecificationException e) {
            throw new IllegalArgumentException(line.toString(), e);
        }
    }
}
