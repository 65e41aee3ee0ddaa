package dev.pigeonhole.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the zip: nothing that is not listed, nothing twice, nothing under a licence that we have not looked at. */
class PartsTest {
    /** A part may be used under any one of its licences. Looked at: all allow to pass the unchanged part on with its licence. */
    private static final Set<String> ALLOWED =
            Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "EPL-1.0", "EPL-2.0", "LGPL-2.1-only");

    /**
     * Parts whose POMs say "BSD", which the list of parts takes for the clause of 1990 with the advertisement. JLine's POM links to
     * the text with three clauses; so does the COPYRIGHT file of LIBLINEAR, of which liblinear-java is a translation.
     */
    private static final Map<String, String> KNOWN_BETTER = Map.of(
            "org.jline:jline-terminal", "BSD-3-Clause",
            "org.jline:jline-native", "BSD-3-Clause",
            "de.bwaldvogel:liblinear", "BSD-3-Clause");

    @TempDir
    static Path unpacked;

    private static Installation zip;
    private static List<Part> parts;

    /** One component of the list of parts. */
    private record Part(String group, String name, String version, List<String> licences, String sha256) {
        static Part of(JsonNode component) {
            List<String> licences = new ArrayList<>();
            for (JsonNode each : component.path("licenses")) {
                JsonNode licence = each.path("license");
                licences.add(
                        each.has("expression")
                                ? each.path("expression").asText()
                                : licence.path("id").asText(licence.path("name").asText()));
            }
            String sha256 = "";
            for (JsonNode hash : component.path("hashes")) {
                if (hash.path("alg").asText().equals("SHA-256")) {
                    sha256 = hash.path("content").asText();
                }
            }
            return new Part(
                    component.path("group").asText(),
                    component.path("name").asText(),
                    component.path("version").asText(),
                    licences,
                    sha256);
        }

        boolean isOurs() {
            return group.equals("dev.pigeonhole");
        }

        /** The name of its jar in the zip. */
        String jar() {
            return switch (name) {
                case "pigeonhole-cli" -> "pigeonhole.jar";
                case "pigeonhole-fake-llm" -> "pigeonhole-fake-llm.jar";
                default -> name + "-" + version + ".jar";
            };
        }

        String licence() {
            return KNOWN_BETTER.getOrDefault(group + ":" + name, String.join(" or ", licences));
        }
    }

    @BeforeAll
    static void read() throws Exception {
        zip = Installation.unpack(unpacked);
        parts = Boolean.getBoolean("pigeonhole.offline") ? List.of() : readParts();
    }

    private static List<Part> readParts() throws IOException {
        JsonNode bom =
                new ObjectMapper().readTree(zip.home().resolve("bom.json").toFile());
        List<Part> all = new ArrayList<>();
        bom.path("components").forEach(component -> all.add(Part.of(component)));
        return List.copyOf(all);
    }

    private static List<Part> parts() {
        assumeFalse(
                Boolean.getBoolean("pigeonhole.offline"),
                "the list of parts is only made by a build that is not offline");
        return parts;
    }

    @Test
    void theListOfPartsNamesEachJarWithTheChecksumThatItHas() throws Exception {
        Map<String, String> listed = new TreeMap<>();
        parts().forEach(part -> listed.put(part.jar(), part.sha256()));
        Map<String, String> found = new TreeMap<>();
        for (Path jar : zip.jars()) {
            found.put(jar.getFileName().toString(), sha256(jar));
        }
        assertThat(found).isEqualTo(listed);
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void theJarFindsItsLibrariesAndThereAreNoOthers() throws Exception {
        try (JarFile jar = new JarFile(zip.home().resolve("pigeonhole.jar").toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            List<String> named =
                    List.of(manifest.getValue(Attributes.Name.CLASS_PATH).split(" "));
            assertThat(named)
                    .containsExactlyInAnyOrderElementsOf(
                            Installation.list(zip.home().resolve("lib")).stream()
                                    .map(file -> "lib/" + file.getFileName())
                                    .toList());
        }
    }

    @Test
    void nothingForTestsIsShipped() {
        assertThat(parts())
                .extracting(Part::name)
                .noneMatch(name -> name.matches(".*(junit|assertj|testkit|wiremock|selenium|archunit|bench).*"));
    }

    /** What the build downloads is compared with these; whoever brings a new library writes its checksum down. */
    @Test
    void eachLibraryHasTheChecksumThatIsUnderVersionControl() throws Exception {
        Path checksums = Installation.ROOT.resolve(".mvn/checksums/checksums.sha256");
        Map<String, String> known = new TreeMap<>();
        for (String line : Files.readAllLines(checksums)) {
            known.put(line.substring(line.lastIndexOf('/') + 1), line.substring(0, line.indexOf(' ')));
        }
        for (Path jar : zip.jars()) {
            String name = jar.getFileName().toString();
            if (!name.startsWith("pigeonhole")) {
                assertThat(known)
                        .as("%s; see CONTRIBUTING.md for how to add one", checksums)
                        .containsEntry(name, sha256(jar));
            }
        }
    }

    @Test
    void noClassIsInTwoJars() throws IOException {
        Map<String, List<String>> places = new TreeMap<>();
        for (Path jar : zip.jars()) {
            for (String name : classes(jar)) {
                places.computeIfAbsent(name, any -> new ArrayList<>())
                        .add(jar.getFileName().toString());
            }
        }
        places.values().removeIf(jars -> jars.size() == 1);
        assertThat(places).isEmpty();
    }

    /** But for the descriptors of modules, of which each jar may have one. */
    private static List<String> classes(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .toList();
        }
    }

    @Test
    void eachPartHasALicenceThatIsAllowed() {
        assertThat(parts())
                .allSatisfy(part -> assertThat(
                                Stream.of(part.licence().split(" or ")).anyMatch(ALLOWED::contains))
                        .as(part.group() + ":" + part.name() + " is under " + part.licence() + ", of which none is in "
                                + ALLOWED)
                        .isTrue());
    }

    /** A new library shows up in the review of the change that brings it, with its licence. */
    @Test
    void theTableOfLicencesIsTheOneOfTheParts() throws IOException {
        String table = parts().stream()
                .filter(part -> !part.isOurs())
                .map(part -> "| " + part.group() + " | " + part.name() + " | " + part.version() + " | " + part.licence()
                        + " |")
                .sorted()
                .collect(Collectors.joining("\n"));
        Path wanted = Path.of("target/licences-table.md");
        Files.writeString(wanted, table + "\n");
        assertThat(Installation.ROOT.resolve("docs/licences.md"))
                .as("the table has to be that of dist/%s", wanted)
                .content()
                .endsWith("|---|---|---|---|\n" + table + "\n");
        assertThat(zip.home().resolve("licences.md"))
                .hasSameTextualContentAs(Installation.ROOT.resolve("docs/licences.md"));
    }

    @Test
    void theReadmeOfTheZipNamesAllThatIsBesideIt() throws IOException {
        String readme = Files.readString(zip.home().resolve("README.md"));
        assertThat(Installation.list(zip.home()))
                .allSatisfy(
                        file -> assertThat(readme).contains(file.getFileName().toString()));
    }
}
