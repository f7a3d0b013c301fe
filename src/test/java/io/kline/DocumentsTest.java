package io.kline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents name what is there, and are as wide as a terminal. */
class DocumentsTest {

    private static final int WIDTH = 120;

    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern TEST = Pattern.compile("(\\w+(?:Test|ITCase))(?:\\.(\\w+))?");

    /** The methods in brackets behind a test. */
    private static final Pattern METHODS =
            Pattern.compile("`(\\w+(?:Test|ITCase))`\\s+\\(((?:`\\w+`(?:,\\s+)?)+)\\)");

    private static final Pattern PLACE =
            Pattern.compile("((?:[a-z]+\\.)+)([A-Z]\\w*)((?:\\.[a-z]\\w*)?)(?:\\(.*\\))?");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]*)\\)");

    /** Programs report, emit, list and send; a thing may be told apart from another. */
    private static final Pattern TELL =
            Pattern.compile("\\b(?:tells?|told|telling)\\b(?!\\s+(?:\\w+\\s+)?apart)");

    private final Map<String, String> sources = sources();

    @Test
    void linesFitATerminal() throws IOException {
        List<String> wide = new ArrayList<>();
        for (Path document : documents()) {
            List<String> lines = Files.readAllLines(document);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > WIDTH && !isRowOfALongValue(lines.get(i))) {
                    wide.add(document + ":" + (i + 1));
                }
            }
        }
        assertThat(wide).as("lines of more than " + WIDTH + " characters").isEmpty();
    }

    /** A row of a table cannot be broken, nor can a value. */
    private static boolean isRowOfALongValue(String line) {
        return line.startsWith("|")
                && CODE.matcher(line).results().anyMatch(code -> code.group(1).length() > 60);
    }

    @Test
    void testsThatAreNamedExist() throws IOException {
        Set<String> missing = new TreeSet<>();
        int named = 0;
        for (Path document : documents()) {
            String text = Files.readString(document);
            for (MatchResult code : CODE.matcher(text).results().toList()) {
                var test = TEST.matcher(code.group(1));
                if (test.matches()) {
                    named++;
                    check(test.group(1), test.group(2), missing);
                }
            }
            for (MatchResult methods : METHODS.matcher(text).results().toList()) {
                for (MatchResult method : CODE.matcher(methods.group(2)).results().toList()) {
                    named++;
                    check(methods.group(1), method.group(1), missing);
                }
            }
        }
        assertThat(named).isGreaterThan(100);
        assertThat(missing).as("named in documents, not there").isEmpty();
    }

    @Test
    void placesInTheCodeThatAreNamedExist() throws IOException {
        Set<String> packages =
                sources.keySet().stream()
                        .map(name -> name.substring(0, name.lastIndexOf('.') + 1))
                        .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        int named = 0;
        for (Path document : documents()) {
            for (MatchResult code : CODE.matcher(Files.readString(document)).results().toList()) {
                var place = PLACE.matcher(code.group(1));
                if (!place.matches()) {
                    continue;
                }
                String in = place.group(1).replaceFirst("^io\\.kline\\.", "");
                if (!packages.contains(in)) {
                    continue;
                }
                named++;
                String source = sources.get(in + place.group(2));
                String member = place.group(3);
                if (source == null
                        || !member.isEmpty() && !source.contains(" " + member.substring(1) + "(")) {
                    missing.add(document + ": " + code.group(1));
                }
            }
        }
        assertThat(named).isGreaterThan(20);
        assertThat(missing).as("named in documents, not there").isEmpty();
    }

    @Test
    void programsDoNotTalk() throws IOException {
        Set<String> talking = new TreeSet<>();
        for (Path document : documents()) {
            TELL.matcher(Files.readString(document))
                    .results()
                    .forEach(word -> talking.add(document + ": " + word.group()));
        }
        assertThat(talking).as("report, emit, list or send, in place of tell").isEmpty();
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        Set<String> broken = new TreeSet<>();
        for (Path document : documents()) {
            for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
                String target = link.group(1);
                if (!target.startsWith("http") && !leads(document, target)) {
                    broken.add(document + ": " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leads(Path document, String target) throws IOException {
        int anchor = target.indexOf('#');
        String file = anchor < 0 ? target : target.substring(0, anchor);
        Path path = file.isEmpty() ? document : document.resolveSibling(file);
        return Files.exists(path)
                && (anchor < 0 || anchors(path).contains(target.substring(anchor + 1)));
    }

    /** The anchors that a web page makes of the headings. */
    private static Set<String> anchors(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ +", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private void check(String type, String method, Set<String> missing) {
        List<String> found =
                sources.entrySet().stream()
                        .filter(source -> ("." + source.getKey()).endsWith("." + type))
                        .map(Map.Entry::getValue)
                        .toList();
        if (found.isEmpty()
                || method != null
                        && found.stream().noneMatch(text -> text.contains(" " + method + "("))) {
            missing.add(method == null ? type : type + "." + method);
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"));
                Stream<Path> top = Files.list(Path.of("."))) {
            return Stream.concat(docs, top.map(Path.of("")::resolve))
                    .map(Path::normalize)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** The text of each class by its name below {@code io.kline}. */
    private static Map<String, String> sources() {
        Map<String, String> sources = new HashMap<>();
        for (String root : List.of("src/main/java/io/kline", "src/test/java/io/kline")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    String name = Path.of(root).relativize(file).toString().replace('/', '.');
                    sources.put(
                            name.substring(0, name.length() - ".java".length()),
                            Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources;
    }
}
