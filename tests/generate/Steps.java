import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes the steps a Spark application takes before its first task, one after the other, and says what each computes.
 *
 *   java -Dspark.home=FOLDER_OF_JARS -cp JARS Steps.java < REQUESTS
 *
 * A request is {"conf": {K: V}, "language": L, "mode": M} or {"words": [W, ...]}; the answer has one value
 * for each step: numbers, or false where Spark refuses. Reflection only, so one source serves every release.
 * model_golden.py, beside this file, starts it.
 */
public final class Steps {
  private static final String SPARK = "org.apache.spark.";
  private static final String K8S = SPARK + "deploy.k8s.";
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    for (String holder : List.of("internal.config.package$", "internal.config.Network$", "deploy.k8s.Config$", "deploy.yarn.config.package$"))
      module(holder);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = in.readLine()) != null; ) {
      @SuppressWarnings("unchecked")
      Map<String, Object> request = JSON.readValue(line, Map.class);
      out.println(JSON.writeValueAsString(request.containsKey("words") ? submit(request) : steps(request)));
    }
    out.flush();
    Runtime.getRuntime().halt(0);
  }

  private interface Body { Object call() throws Throwable; }

  // ---- the steps ---------------------------------------------------------------------------------------------------

  @SuppressWarnings("unchecked")
  private static Map<String, Object> steps(Map<String, Object> request) {
    Map<String, String> settings = (Map<String, String>) request.get("conf");
    String language = (String) request.get("language"), mode = (String) request.get("mode");
    Map<String, Object> answers = new LinkedHashMap<>();
    take(answers, "validate", () -> { invoke(conf(settings), "validateSettings"); return true; });
    take(answers, "umm_driver", () -> regions(conf(settings), "spark.driver.memory"));
    take(answers, "umm_executor", () -> regions(conf(settings), "spark.executor.memory"));
    take(answers, "tasks", () -> {
      Object conf = conf(settings), profile = profile(conf);
      return List.of(invoke(profile, "maxTasksPerExecutor", conf), invoke(profile, "limitingResource", conf));
    });
    take(answers, "dynalloc", () -> dynamicAllocation(conf(settings)));
    take(answers, "profile", () -> onYarn(conf(settings), language.equals("python")));
    take(answers, "yarn_client", () -> yarnClient(conf(settings), language, mode));
    Map<String, String> inDriver = new TreeMap<>();
    take(answers, "driver_pod", () -> driverPod(conf(settings), language, inDriver));
    if (!inDriver.isEmpty()) take(answers, "executor_pod", () -> executorPod(inDriver));
    take(answers, "client_executor_pod", () -> executorPod(settings));
    take(answers, "launcher", () -> xmx(settings));
    return answers;
  }

  private static void take(Map<String, Object> answers, String step, Body body) {
    try {
      answers.put(step, body.call());
    } catch (Throwable refusal) {
      answers.put(step, false);
      if (System.getenv("STEPS_TRACE") != null) cause(refusal).printStackTrace();
    }
  }

  private static Object regions(Object conf, String memoryKey) throws Throwable {
    long mib = (Long) read(conf, memoryKey);
    long heap = mib > Long.MAX_VALUE >> 20 ? Long.MAX_VALUE : mib << 20;
    invoke(conf, "set", "spark.testing.memory", Long.toString(heap));
    Object manager = invoke(module("memory.UnifiedMemoryManager$"), "apply", conf, 4);
    Object storage = field(manager, "onHeapStorageMemoryPool"), offHeap = field(manager, "offHeapStorageMemoryPool");
    return List.of(invoke(manager, "maxOnHeapStorageMemory"), invoke(storage, "poolSize"), invoke(manager, "maxOffHeapStorageMemory"),
        invoke(offHeap, "poolSize"), invoke(manager, "pageSizeBytes"));
  }

  private static Object dynamicAllocation(Object conf) throws Throwable {
    Object utils = module("util.Utils$");
    if (!(Boolean) invoke(utils, "isDynamicAllocationEnabled", conf)) return List.of();
    Object initial = invoke(utils, "getDynamicAllocationInitialExecutors", conf);
    profile(conf);
    Object bus = construct("scheduler.LiveListenerBus", conf);
    Object client = Proxy.newProxyInstance(Steps.class.getClassLoader(), new Class<?>[] {type("ExecutorAllocationClient")}, (self, method, given) -> null);
    List<Object> given = new ArrayList<>(List.of(client, bus, conf, none(), construct("util.SystemClock"), construct("resource.ResourceProfileManager", conf, bus)));
    if (type("ExecutorAllocationManager").getDeclaredConstructors()[0].getParameterCount() > given.size()) given.add(false);
    construct("ExecutorAllocationManager", given.toArray());
    return List.of(initial);
  }

  private static Object onYarn(Object conf, boolean python) throws Throwable {
    Object companion = module("resource.ResourceProfile$"), requests = invoke(profile(conf), "executorResources");
    Object factor = entry("spark.executor.memoryOverheadFactor") == null ? 0.1 : read(conf, "spark.executor.memoryOverheadFactor");
    Object nothing = invoke(module("", "scala.collection.immutable.Map$"), "empty"), made;
    if (entry("spark.executor.minMemoryOverhead") == null)
      made = invoke(companion, "getResourcesForClusterManager", 0, requests, factor, conf, python, nothing);
    else
      made = invoke(companion, "getResourcesForClusterManager", 0, requests, read(conf, "spark.executor.minMemoryOverhead"), factor, conf, python, nothing);
    return List.of(invoke(made, "executorMemoryMiB"), invoke(made, "memoryOverheadMiB"), invoke(made, "memoryOffHeapMiB"), invoke(made, "pysparkMemoryMiB"), invoke(made, "totalMemMiB"));
  }

  private static Object yarnClient(Object conf, String language, String mode) throws Throwable {
    invoke(conf, "set", "spark.submit.deployMode", mode);
    if (language.equals("python")) invoke(conf, "set", "spark.yarn.isPython", "true");
    Object client = construct("deploy.yarn.Client", construct("deploy.yarn.ClientArguments", (Object) new String[0]), conf, null);
    return List.of(field(client, "amMemory"), field(client, "amMemoryOverhead"), field(client, "amCores"));
  }

  private static Object driverPod(Object conf, String language, Map<String, String> inDriver) throws Throwable {
    Object resource = language.equals("python") ? construct("deploy.k8s.submit.PythonMainAppResource", "local:///a.py")
        : language.equals("r") ? construct("deploy.k8s.submit.RMainAppResource", "local:///a.R")
        : construct("deploy.k8s.submit.JavaMainAppResource", some("local:///a.jar"));
    Object driver = invoke(module("deploy.k8s.KubernetesConf$"), "createDriverConf", conf, "id", resource, "Main", new String[0], none());
    Object built = invoke(construct("deploy.k8s.submit.KubernetesDriverBuilder"), "buildFromFeatures", driver, null);
    Object pairs = invoke(invoke(built, "systemProperties"), "iterator");
    while ((Boolean) invoke(pairs, "hasNext")) {
      Object pair = invoke(pairs, "next");
      inDriver.put((String) invoke(pair, "_1"), (String) invoke(pair, "_2"));
    }
    return container(invoke(built, "pod"));
  }

  private static Object executorPod(Map<String, String> settings) throws Throwable {
    Object conf = conf(settings);
    if (!settings.containsKey("spark.driver.host")) invoke(conf, "set", "spark.driver.host", "driver");
    Object profile = profile(conf);
    Object executor = invoke(module("deploy.k8s.KubernetesConf$"), "createExecutorConf", conf, "1", "id", none(), 0);
    Object security = construct("SecurityManager", conf, none(), entry("spark.authenticate.secret.file"));
    return container(invoke(invoke(construct("scheduler.cluster.k8s.KubernetesExecutorBuilder"), "buildFromFeatures", executor, security, null, profile), "pod"));
  }

  private static Object container(Object sparkPod) throws Throwable {
    Object resources = invoke(invoke(sparkPod, "container"), "getResources");
    Map<?, ?> requests = (Map<?, ?>) invoke(resources, "getRequests"), limits = (Map<?, ?>) invoke(resources, "getLimits");
    boolean memory = false;
    for (Object volume : (List<?>) invoke(invoke(invoke(sparkPod, "pod"), "getSpec"), "getVolumes")) {
      Object empty = invoke(volume, "getEmptyDir");
      memory |= empty != null && "Memory".equals(invoke(empty, "getMedium")) && ((String) invoke(volume, "getName")).startsWith("spark-local-dir-");
    }
    List<Object> answer = new ArrayList<>(List.of(requests.get("memory").toString(), requests.get("cpu").toString(), memory));
    answer.add(limits.get("cpu") == null ? null : limits.get("cpu").toString());
    return answer;
  }

  private static Object xmx(Map<String, String> settings) throws Throwable {
    List<String> words = new ArrayList<>(List.of("--master", "k8s://https://x", "--deploy-mode", "client"));
    settings.forEach((key, value) -> { if (!key.equals("spark.master") && !key.equals("spark.submit.deployMode")) words.addAll(List.of("--conf", key + "=" + value)); });
    words.add("a.jar");
    Object builder = launcher(words);
    for (Object word : (List<?>) invoke(builder, "buildCommand", new HashMap<>()))
      if (word.toString().startsWith("-Xmx")) return word.toString().substring(4);
    return null;
  }

  private static Object launcher(List<String> words) throws Throwable {
    Object builder = construct("launcher.SparkSubmitCommandBuilder", words);
    @SuppressWarnings("unchecked")
    Map<String, String> environment = (Map<String, String>) field(builder, "childEnv");
    String scala = (String) invoke(module("", "scala.util.Properties$"), "versionNumberString");
    environment.put("SPARK_HOME", System.getProperty("spark.home"));
    environment.put("SPARK_SCALA_VERSION", scala.substring(0, scala.lastIndexOf('.')));
    return builder;
  }

  /** What launcher and spark-submit, one behind the other, make of the words of a command. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> submit(Map<String, Object> request) {
    Map<String, Object> answers = new LinkedHashMap<>();
    take(answers, "submit", () -> {
      List<String> passed = (List<String>) invoke(launcher((List<String>) request.get("words")), "buildSparkSubmitArgs");
      Object words = module("", "scala.collection.immutable.Nil$");
      for (int at = passed.size() - 1; at >= 0; at--) words = make(Class.forName("scala.collection.immutable.$colon$colon"), passed.get(at), words);
      Object read = construct("deploy.SparkSubmitArguments", words, invoke(module("", "scala.collection.immutable.Map$"), "empty"));
      Map<String, Object> fields = new TreeMap<>();
      for (String name : List.of("deployMode", "driverCores", "driverMemory", "executorCores", "executorMemory", "mainClass", "name", "numExecutors", "packages", "primaryResource", "proxyUser", "queue", "totalExecutorCores"))
        fields.put(name, invoke(read, name));
      List<Object> rest = new ArrayList<>();
      Object words2 = invoke(invoke(read, "childArgs"), "iterator");
      while ((Boolean) invoke(words2, "hasNext")) rest.add(invoke(words2, "next"));
      fields.put("childArgs", rest);
      Map<String, Object> properties = new TreeMap<>();
      Object pairs = invoke(invoke(read, "sparkProperties"), "iterator");
      while ((Boolean) invoke(pairs, "hasNext")) {
        Object pair = invoke(pairs, "next");
        properties.put((String) invoke(pair, "_1"), invoke(pair, "_2"));
      }
      fields.put("sparkProperties", properties);
      return fields;
    });
    return answers;
  }

  // ---- Spark by name -----------------------------------------------------------------------------------------------

  private static Object conf(Map<String, String> settings) throws Throwable {
    Object conf = construct("SparkConf", false);
    for (Map.Entry<String, String> setting : settings.entrySet()) invoke(conf, "set", setting.getKey(), setting.getValue());
    return conf;
  }

  private static Object entry(String key) throws Throwable {
    return invoke(module("internal.config.ConfigEntry$"), "findEntry", key);
  }

  private static Object read(Object conf, String key) throws Throwable {
    return invoke(conf, "get", entry(key));
  }

  private static Object profile(Object conf) throws Throwable {
    Object companion = module("resource.ResourceProfile$");
    invoke(companion, "clearDefaultProfile");
    return invoke(companion, "getOrCreateDefaultProfile", conf);
  }

  private static Object none() throws Exception { return module("", "scala.None$"); }

  private static Object some(Object value) throws Throwable { return make(Class.forName("scala.Some"), value); }

  // ---- reflection --------------------------------------------------------------------------------------------------

  private static Class<?> type(String name) throws ClassNotFoundException { return Class.forName(SPARK + name); }

  private static Object module(String name) throws Exception { return module(SPARK, name); }

  private static Object module(String root, String name) throws Exception { return Class.forName(root + name).getField("MODULE$").get(null); }

  private static Object construct(String name, Object... given) throws Throwable { return make(type(name), given); }

  private static Object make(Class<?> type, Object... given) throws Throwable {
    for (Constructor<?> candidate : type.getDeclaredConstructors())
      if (takes(candidate, given)) return unwrapped(() -> open(candidate).newInstance(given));
    throw new NoSuchMethodError(type.getName());
  }

  private static Object invoke(Object target, String name, Object... given) throws Throwable {
    for (Class<?> owner = target.getClass(); owner != null; owner = owner.getSuperclass())
      for (Method candidate : owner.getDeclaredMethods())
        if (candidate.getName().equals(name) && !candidate.isBridge() && takes(candidate, given)) return unwrapped(() -> open(candidate).invoke(target, given));
    for (Method candidate : target.getClass().getMethods())
      if (candidate.getName().equals(name) && takes(candidate, given)) return unwrapped(() -> open(candidate).invoke(target, given));
    throw new NoSuchMethodError(target.getClass().getName() + "." + name);
  }

  private static Object field(Object target, String name) throws Exception {
    for (Class<?> owner = target.getClass(); owner != null; owner = owner.getSuperclass())
      for (Field candidate : owner.getDeclaredFields())
        if (candidate.getName().equals(name) || candidate.getName().endsWith("$$" + name)) return open(candidate).get(target);
    throw new NoSuchFieldException(name);
  }

  private static boolean takes(Executable candidate, Object[] given) {
    Class<?>[] wanted = candidate.getParameterTypes();
    if (wanted.length != given.length) return false;
    for (int at = 0; at < wanted.length; at++) {
      Class<?> boxed = java.lang.invoke.MethodType.methodType(wanted[at]).wrap().returnType();
      if (given[at] == null ? wanted[at].isPrimitive() : !boxed.isInstance(given[at])) return false;
    }
    return true;
  }

  private static <T extends AccessibleObject> T open(T member) { member.setAccessible(true); return member; }

  private static Object unwrapped(Body body) throws Throwable {
    try {
      return body.call();
    } catch (InvocationTargetException wrapped) {
      throw wrapped.getCause();
    }
  }

  private static Throwable cause(Throwable thrown) { return thrown.getCause() == null ? thrown : thrown.getCause(); }
}
