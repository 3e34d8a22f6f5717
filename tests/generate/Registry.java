import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FileDescriptor;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Asks the Spark release on the class path about its configuration. Reflection only, so one source serves every release.
 *
 *   java -cp JARS Registry.java registry            every registered entry, old name and key-like text, one JSON object a line
 *   java -cp JARS Registry.java ask < REQUESTS      one JSON answer for each request line: {"text": T} is put to every
 *                                                   reader of plain values, {"conf": {K: V}, "key": K} reads one entry
 *
 * catalogue.py and parse_golden.py, beside this file, start it.
 */
public final class Registry {
  private static final String CONFIG = "org.apache.spark.internal.config.";
  private static final String BUILDER = "org/apache/spark/internal/config/ConfigBuilder";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static PrintStream out;

  public static void main(String[] arguments) throws Exception {
    // Spark's logging may write to System.out: what is printed here must be JSON alone.
    out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    if (arguments[0].equals("registry")) registry(); else ask();
    out.flush();
  }

  private static void print(Map<String, Object> answer) throws Exception {
    out.println(JSON.writeValueAsString(answer));
  }

  // ---- the registry ------------------------------------------------------------------------------------------------

  /** Initialises every Scala object that builds entries; the key-like texts of all of Spark's classes. */
  private static Set<String> load() throws Exception {
    Set<String> texts = new TreeSet<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!new File(path).getName().startsWith("spark-")) continue;
      try (JarFile jar = new JarFile(path)) {
        for (JarEntry member : java.util.Collections.list(jar.entries())) {
          if (!member.getName().endsWith(".class")) continue;
          byte[] code;
          try (InputStream stream = jar.getInputStream(member)) { code = stream.readAllBytes(); }
          boolean builds = constants(code, texts);
          if (builds && member.getName().endsWith("$.class")) initialise(member.getName().replace('/', '.').replaceFirst("[.]class$", ""));
        }
      }
    }
    return texts;
  }

  private static void registry() throws Exception {
    Set<String> texts = load();
    Set<String> registered = new TreeSet<>();
    for (Object entry : entries()) {
      registered.add((String) call(entry, "key"));
      print(describe(entry));
    }
    oldNames();
    for (String text : texts)
      if (!registered.contains(text)) print(new TreeMap<>(Map.of("what", "text", "key", text)));
  }

  private static void initialise(String name) {
    try { Class.forName(name); }
    catch (Throwable problem) { System.err.println("cannot initialise " + name + ": " + problem); }
  }

  /** Adds the key-like string constants of one class file to texts; whether the class builds configuration entries. */
  private static boolean constants(byte[] code, Set<String> texts) throws Exception {
    DataInputStream data = new DataInputStream(new java.io.ByteArrayInputStream(code));
    data.readInt(); data.readInt();
    int count = data.readUnsignedShort();
    Map<Integer, String> names = new TreeMap<>();
    List<Integer> strings = new ArrayList<>();
    boolean builds = false;
    for (int i = 1; i < count; i++) {
      int tag = data.readUnsignedByte();
      switch (tag) {
        case 1 -> { String name = data.readUTF(); names.put(i, name); builds |= name.equals(BUILDER); }
        case 8 -> strings.add(data.readUnsignedShort());
        case 7, 16, 19, 20 -> data.readUnsignedShort();
        case 15 -> { data.readUnsignedByte(); data.readUnsignedShort(); }
        case 5, 6 -> { data.readLong(); i++; }
        default -> data.readInt();
      }
    }
    for (int index : strings) {
      String text = names.get(index);
      if (text.matches("spark(\\.[A-Za-z0-9_-]+)+\\.?")) texts.add(text);
    }
    return builds;
  }

  @SuppressWarnings("unchecked")
  private static Collection<Object> entries() throws Exception {
    Object companion = module(CONFIG + "ConfigEntry$");
    try { return new TreeMap<>(byKey((Collection<Object>) call(companion, "listAllEntries"))).values(); }
    catch (NoSuchMethodException older) { return new TreeMap<>((Map<String, Object>) call(companion, "knownConfigs")).values(); }
  }

  private static Map<String, Object> byKey(Collection<Object> entries) throws Exception {
    Map<String, Object> found = new TreeMap<>();
    for (Object entry : entries) found.put((String) call(entry, "key"), entry);
    return found;
  }

  private static Map<String, Object> describe(Object entry) throws Exception {
    Map<String, Object> about = new LinkedHashMap<>();
    String kind = entry.getClass().getSimpleName();
    about.put("what", "entry");
    about.put("key", call(entry, "key"));
    about.put("since", call(entry, "version"));
    about.put("public", call(entry, "isPublic"));
    about.put("old", strings(call(entry, "alternatives")));
    Object prepended = option(call(entry, "prependedKey"));
    if (prepended != null) { about.put("prepended", prepended); about.put("separator", call(entry, "prependSeparator")); }
    if (kind.equals("FallbackConfigEntry")) about.put("fallback", call(call(entry, "fallback"), "key"));
    else if (kind.equals("ConfigEntryWithDefaultFunction")) about.put("computed", call(entry, "defaultValueString"));
    else if (!kind.equals("OptionalConfigEntry")) about.put("default", call(entry, "defaultValueString"));
    type(entry, about);
    return about;
  }

  private static void oldNames() throws Exception {
    Object core = module("org.apache.spark.SparkConf$"), sql = module("org.apache.spark.sql.internal.SQLConf$");
    for (Object pair : iterate(call(core, "configsWithAlternatives")))
      for (Object old : iterate(call(pair, "_2"))) {
        Map<String, Object> about = old("renamed", old);
        about.put("to", call(pair, "_1"));
        if (call(old, "translation") != null) about.put("seven", apply(call(old, "translation"), "7"));
        print(about);
      }
    for (Object pair : iterate(call(core, "deprecatedConfigs"))) {
      Map<String, Object> about = old("deprecated", call(pair, "_2"));
      about.put("comment", call(call(pair, "_2"), "deprecationMessage"));
      print(about);
    }
    for (Object pair : iterate(call(sql, "deprecatedSQLConfigs"))) {
      Map<String, Object> about = old("deprecated", call(pair, "_2"));
      about.put("comment", call(call(pair, "_2"), "comment"));
      print(about);
    }
    for (Object pair : iterate(call(sql, "removedSQLConfigs"))) {
      Map<String, Object> about = old("removed", call(pair, "_2"));
      about.put("comment", call(call(pair, "_2"), "comment"));
      about.put("default", call(call(pair, "_2"), "defaultValue"));
      print(about);
    }
  }

  private static Map<String, Object> old(String what, Object key) throws Exception {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("what", what);
    about.put("key", call(key, "key"));
    about.put("since", call(key, "version"));
    return about;
  }

  // ---- what an entry accepts ---------------------------------------------------------------------------------------

  private static void type(Object entry, Map<String, Object> about) throws Exception {
    Object converter;
    try { converter = call(entry, "rawValueConverter"); }
    catch (NoSuchMethodException notOptional) { converter = call(entry, "valueConverter"); }
    Chain chain = new Chain();
    chain.follow(converter);
    // Many checks compare with words that only their reason names, or that nothing names.
    if (chain.checks > 0 && chain.valid.isEmpty() && !accepts(converter, "aB") && !accepts(converter, "77"))
      for (String word : words(chain, about)) if (accepts(converter, word)) chain.valid.add(word);
    List<String> samples = new ArrayList<>(List.of("1", "true", "0.5", "100", "1048576", "0", "a"));
    samples.addAll(chain.valid);
    if (about.get("default") != null) samples.add((String) about.get("default"));
    Object value = null;
    for (String sample : samples) if (value == null) value = convert(converter, sample);
    if (chain.checks > 0) { about.put("checks", chain.checks); about.put("reasons", chain.reasons); }
    if (value == null) { about.put("type", "string"); return; }
    if (Class.forName("scala.collection.Seq").isInstance(value)) {
      about.put("list", true);
      List<Object> items = iterate(value);
      about.put("type", !items.isEmpty() && items.get(0) instanceof Long ? "long" : "string");
      if (!chain.valid.isEmpty()) about.put("one_of", new TreeSet<>(chain.valid));
      folding(converter, samples, about);
      return;
    }
    if (value instanceof Boolean || value instanceof Number)
      for (String sample : samples) if (accepts(converter, sample)) about.put("untrimmed", !accepts(converter, sample + " "));
    if (value instanceof Boolean) about.put("type", "boolean");
    else if (value instanceof Integer) { about.put("type", "int"); ranges(converter, Axis.INT, about); }
    else if (value instanceof Double) { about.put("type", "double"); ranges(converter, Axis.DOUBLE, about); }
    else if (value instanceof Long) {
      longType(entry, about);
      ranges(converter, about.get("type").equals("bytes") ? Axis.SIZE : Axis.LONG, about);
    }
    else if (value instanceof String) {
      about.put("type", "string");
      if (!chain.valid.isEmpty()) about.put("one_of", new TreeSet<>(chain.valid));
      folding(converter, samples, about);
    }
    else if (value.getClass().getName().equals("scala.util.matching.Regex")) about.put("type", "regex");
    else if (value.getClass().getName().equals("scala.math.BigDecimal")) about.put("type", "decimal");
    else { about.put("type", "enum"); about.put("one_of", new TreeSet<>(chain.valid)); folding(converter, samples, about); }
  }

  private static List<String> words(Chain chain, Map<String, Object> about) {
    List<String> words = new ArrayList<>();
    for (String reason : chain.reasons) words.addAll(List.of(reason.split("[^A-Za-z0-9_.-]+")));
    for (String place : List.of("DISK_ONLY", "MEMORY_ONLY", "MEMORY_ONLY_SER", "MEMORY_AND_DISK", "MEMORY_AND_DISK_SER"))
      for (String copies : List.of("", "_2", "_3")) words.add(place + copies);
    words.addAll(List.of("NONE", "OFF_HEAP"));
    for (int major = 0; major < 6; major++) for (int minor = 0; minor < 20; minor++) words.add(major + "." + minor);
    if (about.get("default") != null) words.add((String) about.get("default"));
    return words;
  }

  /** How a size or a time prints tells its unit, whatever values the entry accepts. */
  private static void longType(Object entry, Map<String, Object> about) throws Exception {
    long number = 3_600_000_000L;
    String printed = printed(call(entry, "stringConverter"), number);
    if (printed.endsWith("ms")) {
      double nanoseconds = Double.parseDouble(printed.substring(0, printed.length() - 2)) * 1e6 / number;
      about.put("type", "time");
      about.put("unit", Map.of(1.0, "ns", 1e3, "us", 1e6, "ms", 1e9, "s", 6e10, "m", 3.6e12, "h").get(nanoseconds));
    } else if (printed.endsWith("b")) {
      about.put("type", "bytes");
      long bytes = Long.parseLong(printed.substring(0, printed.length() - 1)) / number;
      about.put("unit", Map.of(1L, "b", 1L << 10, "k", 1L << 20, "m", 1L << 30, "g").get(bytes));
    } else about.put("type", "long");
  }

  private static String printed(Object converter, Long number) throws Exception {
    try { return (String) apply(converter, number); }
    catch (InvocationTargetException optional) {
      return (String) apply(converter, Class.forName("scala.Some").getConstructors()[0].newInstance(number));
    }
  }

  /** Whether case and blanks at the ends matter, from what becomes of a text the entry accepts. */
  private static void folding(Object converter, List<String> samples, Map<String, Object> about) throws Exception {
    List<String> words = new ArrayList<>(List.of("aB"));
    words.addAll(samples);
    for (String word : words) {
      if (word.equalsIgnoreCase("true") || word.toUpperCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) continue;
      Object lower = convert(converter, word.toLowerCase(Locale.ROOT)), upper = convert(converter, word.toUpperCase(Locale.ROOT));
      Object blank = convert(converter, " " + word + " ");
      if (lower == null && upper == null) continue;
      if (lower != null && lower.equals(upper)) {
        boolean up = show(lower).toString().equals(show(lower).toString().toUpperCase(Locale.ROOT));
        about.put("case", up ? "upper" : "lower");
        if (about.get("one_of") instanceof Set<?> valid) {
          Set<String> folded = new TreeSet<>();
          for (Object value : valid) folded.add(up ? value.toString().toUpperCase(Locale.ROOT) : value.toString().toLowerCase(Locale.ROOT));
          about.put("one_of", folded);
        }
      }
      if (!about.containsKey("list") && blank != null && show(blank).equals(show(convert(converter, word)))) about.put("trim", true);
      String own = (String) about.get("default");
      String loud = own == null ? null : own.toUpperCase(Locale.ROOT);
      if (own != null && !about.containsKey("case") && !loud.equals(own) && same(converter, own, loud)) about.put("case", "default");
      return;
    }
  }

  private static boolean same(Object converter, String one, String other) throws Exception {
    Object value = convert(converter, one);
    return value != null && value.equals(convert(converter, other));
  }

  /** Numbers in their order, each with the text that names it. */
  private enum Axis {
    INT(Integer.MIN_VALUE, Integer.MAX_VALUE), LONG(Long.MIN_VALUE, Long.MAX_VALUE), SIZE(-Long.MAX_VALUE, Long.MAX_VALUE),
    DOUBLE(order(Double.NEGATIVE_INFINITY), order(Double.POSITIVE_INFINITY));

    final long first, last;

    Axis(long first, long last) { this.first = first; this.last = last; }

    /** Doubles sort like these integers, so that a limit can be found to the last bit. */
    static long order(double number) {
      long bits = Double.doubleToRawLongBits(number);
      return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    String text(long point) {
      if (this != DOUBLE) return Long.toString(point);
      return Double.toString(Double.longBitsToDouble(point ^ ((point >> 63) & Long.MAX_VALUE)));
    }

    TreeSet<Long> points() {
      TreeSet<Long> points = new TreeSet<>(List.of(first, last));
      for (long n = -20; n <= 2500; n++) points.add(this == DOUBLE ? order(n) : n);
      for (int exponent = 0; exponent < 63; exponent++)
        for (long near = (1L << exponent) - 1; near <= (1L << exponent) + 1; near++)
          for (long n : new long[] {near, -near}) points.add(this == DOUBLE ? order(n) : n);
      if (this == DOUBLE)
        for (double d : new double[] {-1e-300, -0.5, -0.0, 1e-300, 1e-9, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1.5, 1e300}) points.add(order(d));
      points.removeIf(p -> p < first || p > last);
      return points;
    }
  }

  /** The intervals of accepted numbers, each limit found by halving; "irregular" where probes inside contradict them. */
  private static void ranges(Object converter, Axis axis, Map<String, Object> about) throws Exception {
    List<long[]> runs = new ArrayList<>();
    boolean before = false;
    long previous = axis.first;
    for (long point : axis.points()) {
      boolean now = accepts(converter, axis.text(point));
      if (now && !before) runs.add(new long[] {point == axis.first ? point : limit(converter, axis, previous, point), point});
      if (!now && before) runs.get(runs.size() - 1)[1] = limit(converter, axis, point, previous);
      if (now) runs.get(runs.size() - 1)[1] = Math.max(runs.get(runs.size() - 1)[1], point);
      before = now;
      previous = point;
    }
    boolean nan = axis == Axis.DOUBLE && accepts(converter, "NaN");
    if (runs.size() == 1 && runs.get(0)[0] == axis.first && runs.get(0)[1] == axis.last && (nan || axis != Axis.DOUBLE)) return;
    if (runs.size() > 4) { about.put("irregular", true); return; }
    List<List<String>> shown = new ArrayList<>();
    for (long[] run : runs) {
      shown.add(List.of(axis.text(run[0]), axis.text(run[1])));
      java.util.Random random = new java.util.Random(1);
      for (int i = 0; i < 300; i++) {
        long inside = run[0] + (long) (random.nextDouble() * ((double) run[1] - run[0]));
        if (inside >= run[0] && inside <= run[1] && !accepts(converter, axis.text(inside))) about.put("irregular", true);
      }
    }
    about.put("ranges", shown);
    if (nan) about.put("nan", true);
  }

  /** The accepted point next to the border between a refused and an accepted one. */
  private static long limit(Object converter, Axis axis, long refused, long accepted) throws Exception {
    while (Math.abs(accepted - refused) > 1 || accepted - refused == Long.MIN_VALUE) {
      long middle = (refused >> 1) + (accepted >> 1) + (refused & accepted & 1);
      if (middle == refused || middle == accepted) break;
      if (accepts(converter, axis.text(middle))) accepted = middle; else refused = middle;
    }
    return accepted;
  }

  /** What the functions that make up a converter hold: sets of valid values, and the reasons they refuse with. */
  private static final class Chain {
    final Set<String> valid = new TreeSet<>();
    final Set<String> reasons = new TreeSet<>();
    int checks;
    private final Map<Object, Boolean> seen = new IdentityHashMap<>();

    void follow(Object held) throws Exception {
      if (held == null || seen.put(held, true) != null) return;
      String name = held.getClass().getName();
      if (name.contains("$$Lambda")) {
        SerializedLambda lambda;
        try { lambda = (SerializedLambda) call(held, "writeReplace"); } catch (NoSuchMethodException plain) { return; }
        if (lambda.getImplMethodName().contains("check")) checks++;
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
          Object argument = lambda.getCapturedArg(i);
          if (argument instanceof String && lambda.getImplMethodName().contains("check")) reasons.add((String) argument);
          follow(argument);
        }
      } else if (name.startsWith(CONFIG) && name.endsWith("ConfigBuilder")) {
        try { follow(call(held, "converter")); } catch (NoSuchMethodException other) { return; }
      } else if (Class.forName("scala.collection.Set").isInstance(held)) {
        for (Object value : iterate(held)) valid.add(String.valueOf(value));
      } else if (held instanceof Class<?> type && type.isEnum()) {
        for (Object value : type.getEnumConstants()) valid.add(((Enum<?>) value).name());
      } else if (Class.forName("scala.Enumeration").isInstance(held)) {
        for (Object value : iterate(call(held, "values"))) valid.add(String.valueOf(value));
      }
    }
  }

  private static boolean accepts(Object converter, String text) throws Exception {
    return convert(converter, text) != null;
  }

  private static Object convert(Object converter, String text) throws Exception {
    try { return option(apply(converter, text)); }
    catch (InvocationTargetException refusal) {
      if (refusal.getCause() instanceof Exception) return null;
      throw refusal;
    }
  }

  // ---- answers -----------------------------------------------------------------------------------------------------

  /** Entries without checks, that only read their type. */
  private static final String[][] READERS = {
    {"entry size m", "spark.driver.memory"},
    {"boolean", "spark.memory.offHeap.enabled"},
    {"int", "spark.executor.cores"},
    {"long", "spark.testing.memory"},
    {"double", "spark.dynamicAllocation.executorAllocationRatio"},
  };

  private interface Question { Object answer() throws Exception; }

  private static void ask() throws Exception {
    load();
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      Map<?, ?> request = JSON.readValue(line, Map.class);
      String text = (String) request.get("text");
      print(text != null ? parse(text) : read((Map<?, ?>) request.get("conf"), (String) request.get("key")));
    }
  }

  private static Map<String, Object> parse(String text) throws Exception {
    Map<String, Object> answers = new LinkedHashMap<>();
    Class<?> utils = Class.forName("org.apache.spark.network.util.JavaUtils");
    Object[] sizes = Class.forName("org.apache.spark.network.util.ByteUnit").getEnumConstants();
    Method size = method(utils, "byteStringAs", 2), time = method(utils, "timeStringAs", 2);
    for (int i = 0; i < sizes.length; i++) {
      Object unit = sizes[i];
      answers.put("size " + "bkmgtp".charAt(i), attempt(() -> size.invoke(null, text, unit)));
    }
    for (TimeUnit unit : List.of(MICROSECONDS, MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS))
      answers.put("time " + unit, attempt(() -> time.invoke(null, text, unit)));
    for (String[] reader : READERS)
      answers.put(reader[0], attempt(() -> option(apply(call(findEntry(reader[1]), "valueConverter"), text))));
    return answers;
  }

  private static Map<String, Object> read(Map<?, ?> settings, String key) throws Exception {
    Class<?> type = Class.forName("org.apache.spark.SparkConf");
    Object conf = type.getConstructor(boolean.class).newInstance(false);
    Method set = type.getMethod("set", String.class, String.class);
    for (Map.Entry<?, ?> setting : settings.entrySet()) set.invoke(conf, setting.getKey(), setting.getValue());
    Object entry = findEntry(key);
    if (entry == null) return new TreeMap<>(Map.of("unregistered", true));
    Object reader = call(conf, "reader");
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("value", attempt(() -> option(method(entry.getClass(), "readFrom", 1).invoke(entry, reader))));
    return answer;
  }

  private static Object findEntry(String key) throws Exception {
    return method(Class.forName(CONFIG + "ConfigEntry$"), "findEntry", 1).invoke(module(CONFIG + "ConfigEntry$"), key);
  }

  /** The value in a form JSON keeps exactly; a refusal is an empty list, which no value is shown as. */
  private static Object attempt(Question question) throws Exception {
    try { return show(question.answer()); }
    catch (InvocationTargetException refusal) {
      if (refusal.getCause() instanceof Exception) return List.of();
      throw refusal;
    }
  }

  private static Object show(Object value) throws Exception {
    if (value instanceof Boolean || value instanceof String || value instanceof Integer || value instanceof Long) return value;
    if (value == null) return null;
    if (value instanceof Double number) return Map.of("double", Double.toString(number));
    if (value.getClass().getName().equals("scala.math.BigDecimal")) return Map.of("decimal", call(value, "bigDecimal").toString());
    if (Class.forName("scala.collection.Seq").isInstance(value)) return Map.of("list", iterate(value));
    return value.toString();
  }

  // ---- reflection --------------------------------------------------------------------------------------------------

  private static Object module(String name) throws Exception {
    Field instance = Class.forName(name).getField("MODULE$");
    return instance.get(null);
  }

  private static Method method(Class<?> type, String name, int parameters) throws NoSuchMethodException {
    for (Class<?> c = type; c != null; c = c.getSuperclass())
      for (Method candidate : c.getDeclaredMethods())
        // Scala may put the name of the class before that of a private member.
        if (candidate.getParameterCount() == parameters && ("$$" + candidate.getName()).endsWith("$$" + name)) {
          candidate.setAccessible(true);
          return candidate;
        }
    for (Class<?> c : type.getInterfaces()) { try { return method(c, name, parameters); } catch (NoSuchMethodException next) { continue; } }
    throw new NoSuchMethodException(type + "." + name);
  }

  private static Object call(Object target, String name) throws Exception {
    return method(target.getClass(), name, 0).invoke(target);
  }

  private static Object apply(Object function, Object argument) throws Exception {
    Method apply = Class.forName("scala.Function1").getMethod("apply", Object.class);
    return apply.invoke(function, argument);
  }

  private static Object option(Object value) throws Exception {
    if (!Class.forName("scala.Option").isInstance(value)) return value;
    return (Boolean) call(value, "isEmpty") ? null : call(value, "get");
  }

  private static List<String> strings(Object items) throws Exception {
    List<String> found = new ArrayList<>();
    for (Object item : iterate(items)) found.add((String) item);
    return found;
  }

  private static List<Object> iterate(Object items) throws Exception {
    List<Object> found = new ArrayList<>();
    Object iterator = Class.forName("scala.collection.Iterable").getMethod("iterator").invoke(items);
    Class<?> type = Class.forName("scala.collection.Iterator");
    while ((Boolean) type.getMethod("hasNext").invoke(iterator)) found.add(type.getMethod("next").invoke(iterator));
    return found;
  }
}
