package com.sfsf.connector.sandbox;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tenant on this machine: the connector's own program serves it. */
public final class Sandbox implements AutoCloseable {
  private final Process process;
  private final Path folder;
  private final String url;
  private final JsonObject configuration;
  private final HttpClient http = HttpClient.newHttpClient();

  private Sandbox(Process process, Path folder, String url, JsonObject configuration) {
    this.process = process;
    this.folder = folder;
    this.url = url;
    this.configuration = configuration;
  }

  /** The program, or where it should be. */
  public static Path program() {
    String program = System.getProperty("sfsf.test.program", "");
    if (program.isEmpty() || program.startsWith("$")) {
      throw new IllegalStateException("set SFSF_CONNECTOR_PROGRAM to the program sfsf-connector, which serves the tenant of the tests");
    }
    return Path.of(program);
  }

  /** A tenant with this many people; the arguments are further ones of the program. */
  public static Sandbox start(int people, String... arguments) {
    try {
      Path folder = Files.createTempDirectory("sfsf-sandbox");
      Path file = folder.resolve("tenant.json");
      List<String> command =
          new ArrayList<>(
              List.of(program().toString(), "sandbox", "--people", "" + people, "--write-config", file.toString(), "--output", "ndjson"));
      command.addAll(List.of(arguments));
      Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = output.readLine();
      if (line == null) {
        throw new IllegalStateException("the sandbox has ended with " + process.exitValue());
      }
      String url = JsonParser.parseString(line).getAsJsonObject().get("url").getAsString();
      JsonObject configuration = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return new Sandbox(process, folder, url, configuration);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  /** The configuration of a connector for it. Repeats come at once: nobody shall wait for a test. */
  public JsonObject configuration() {
    JsonObject copy = configuration.deepCopy();
    copy.addProperty("first_retry_wait", 0);
    return copy;
  }

  /** Makes trouble, in the text form of the sandbox. */
  public void fault(String text) {
    send("POST", "/sandbox/faults", text);
  }

  /** How many troubles are still to come: one that comes once is none any more when it has met its request. */
  public int faults() {
    return JsonParser.parseString(send("GET", "/sandbox/faults", "")).getAsJsonObject().getAsJsonArray("faults").size();
  }

  /** Ends all trouble. */
  public void noFaults() {
    send("DELETE", "/sandbox/faults", "");
  }

  /** Puts the tenant's clock ahead by so many seconds. */
  public void clockAhead(int seconds) {
    send("POST", "/sandbox/clock", "" + seconds);
  }

  /** Begins to count anew. */
  public void forgetRequests() {
    send("DELETE", "/sandbox/requests", "");
  }

  /** How many requests came whose path and query hold this. */
  public int requests(String part) {
    String path = "/sandbox/requests?path=" + URLEncoder.encode(part, StandardCharsets.UTF_8);
    return JsonParser.parseString(send("GET", path, "")).getAsJsonObject().getAsJsonArray("requests").size();
  }

  private String send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path)).method(method, HttpRequest.BodyPublishers.ofString(body)).build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + " " + response.body());
      }
      return response.body();
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
      try (var files = Files.list(folder)) {
        files.forEach(file -> file.toFile().delete());
      }
      Files.delete(folder);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
