import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;

/**
 * Reads a case a line (Base64 of UTF-8) and writes what java.util.Properties.load(Reader) puts, in the order it puts it: a
 * JSON array of keys and values in turn, or null where it refuses the file.
 */
public class PropertiesReader {
    public static void main(String[] arguments) throws IOException {
        BufferedReader cases = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        PrintStream answers = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
        for (String line = cases.readLine(); line != null; line = cases.readLine()) {
            answers.println(answer(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8)));
        }
        answers.flush();
    }

    private static String answer(String text) throws IOException {
        StringBuilder json = new StringBuilder("[");
        Properties recorder = new Properties() {
            @Override
            public synchronized Object put(Object key, Object value) {
                json.append(json.length() > 1 ? "," : "").append(quoted((String) key)).append(',').append(quoted((String) value));
                return super.put(key, value);
            }
        };
        try {
            recorder.load(new StringReader(text));
        } catch (IllegalArgumentException refused) {
            return "null";
        }
        return json.append(']').toString();
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
