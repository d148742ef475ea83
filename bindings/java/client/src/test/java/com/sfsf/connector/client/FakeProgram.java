package com.sfsf.connector.client;

import com.sfsf.connector.client.transport.StdioTransport;
import com.sfsf.connector.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that stands where the connector's is looked for. */
final class FakeProgram {
  private final Path folder;
  private final Path program;

  private FakeProgram(String script) throws IOException {
    folder = Files.createTempDirectory("sfsf-program");
    program = folder.resolve("program");
    Files.writeString(program, "#!/bin/sh\n" + script.replace("@FOLDER", folder.toString()).replace("@REAL", Sandbox.program().toString()));
    if (!program.toFile().setExecutable(true)) {
      throw new IOException(program + " cannot be made executable");
    }
  }

  /** A script of the shell; @REAL is the program, @FOLDER a folder. */
  static FakeProgram of(String script) throws IOException {
    return new FakeProgram(script);
  }

  /** The real one, whose number is kept. */
  static FakeProgram real() throws IOException {
    return of("echo $$ > @FOLDER/pid\nexec @REAL \"$@\"\n");
  }

  /** One that is killed in the place of a line, once: the next one lives. */
  static FakeProgram dyingAfter(int lines) throws IOException {
    String fake = "SFSF_REAL_PROGRAM=@REAL SFSF_DIE_AFTER=" + lines + " exec python3 " + script() + " \"$@\"\n";
    return of("[ -e @FOLDER/died ] && exec @REAL \"$@\"\ntouch @FOLDER/died\n" + fake);
  }

  /** The real one behind a banner. */
  static FakeProgram withBanner(String banner) throws IOException {
    return of("export SFSF_REAL_PROGRAM=@REAL SFSF_BANNER='" + banner + "'\nexec python3 " + script() + " \"$@\"\n");
  }

  private static Path script() {
    return Path.of(System.getProperty("basedir", ".")).resolve("../../../tests/support/fake_program.py").toAbsolutePath().normalize();
  }

  StdioTransport transport() {
    return StdioTransport.at(program);
  }

  /** Makes a file in the folder, for which the script may wait. */
  void touch(String name) throws IOException {
    Files.createFile(folder.resolve(name));
  }

  /** The number of the process that was started last. */
  long pid() throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("pid")).trim());
  }

  ProcessHandle process() throws IOException {
    return ProcessHandle.of(pid()).orElseThrow();
  }

  /** Sends it a signal, such as {@code STOP}. */
  void signal(String name) throws Exception {
    if (new ProcessBuilder("kill", "-" + name, "" + pid()).start().waitFor() != 0) {
      throw new IOException("the program cannot be sent " + name);
    }
  }
}
