package com.sfsf.connector.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sfsf.connector.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.operations.SearchApiOp;
import org.identityconnectors.framework.common.exceptions.OperationTimeoutException;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads, many people, and hosts that lose patience. */
class LoadTest {
  @TempDir Path folder;

  @Test
  void fifty_threads_through_a_pool_log_in_once() throws Exception {
    try (Sandbox sandbox = Sandbox.start(50)) {
      ConnectorFacade facade = Bundle.facade(sandbox, configuration -> {
        configuration.getConnectorPoolConfiguration().setMaxObjects(50);
        configuration.getConnectorPoolConfiguration().setMaxIdle(50);
      });
      CountDownLatch together = new CountDownLatch(50);
      ExecutorService threads = Executors.newFixedThreadPool(50);
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        calls.add(threads.submit(() -> {
          together.countDown();
          together.await();
          return facade.getObject(ObjectClass.ACCOUNT, new Uid("sfapi"), null).getUid();
        }));
      }
      for (Future<?> call : calls) {
        assertEquals(new Uid("sfapi"), call.get(60, TimeUnit.SECONDS));
      }
      threads.shutdown();
      assertEquals(1, sandbox.requests("/oauth/token"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_search_that_is_interrupted_ends_within_a_second(boolean overProgram) throws Exception {
    try (Sandbox sandbox = Sandbox.start(50)) {
      ConnectorFacade facade = Bundle.facade(sandbox, configuration -> {
        Bundle.handlersOff(configuration);
        // No buffer between the threads of the host and of the connector.
        configuration.setProducerBufferSize(0);
        if (overProgram) {
          configuration.getConfigurationProperties().setPropertyValue("programPath", Sandbox.program().toString());
        }
        configuration.getConfigurationProperties().setPropertyValue("pageSize", "20");
      });
      facade.schema();
      sandbox.fault("hang:skip");
      sandbox.fault("hang:userId%20gt");
      CountDownLatch begun = new CountDownLatch(20);
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread searcher = new Thread(() -> {
        try {
          facade.search(ObjectClass.ACCOUNT, null, Handler.of(object -> {
            begun.countDown();
            return true;
          }), null);
        } catch (RuntimeException failure) {
          end.set(failure);
        }
      });
      searcher.start();
      assertTrue(begun.await(30, TimeUnit.SECONDS));
      Instant interrupted = Instant.now();
      searcher.interrupt();
      searcher.join(10_000);
      Duration took = Duration.between(interrupted, Instant.now());
      assertInstanceOf(OperationTimeoutException.class, end.get());
      assertTrue(took.toMillis() < 1000, took.toString());
    }
  }

  @Test
  void a_host_that_waits_half_a_second_waits_no_longer_than_that_and_a_second() {
    try (Sandbox sandbox = Sandbox.start(50)) {
      ConnectorFacade facade =
          Bundle.facade(sandbox, configuration -> configuration.setTimeout(SearchApiOp.class, 500));
      facade.schema();
      sandbox.fault("hang:GET /odata/v2/User");
      Instant start = Instant.now();
      assertThrows(OperationTimeoutException.class, () -> facade.search(ObjectClass.ACCOUNT, null, Handler.of(object -> true), null));
      assertTrue(Duration.between(start, Instant.now()).toMillis() < 1500);
    }
  }

  /** In a Java of its own, whose heap would not hold a tenth of the people. */
  @Test
  void a_hundred_thousand_people_fit_through_a_small_heap() throws Exception {
    try (Sandbox sandbox = Sandbox.start(100_000)) {
      Path configuration = Files.writeString(folder.resolve("tenant.json"), sandbox.configuration().toString());
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx24m", "-cp", System.getProperty("java.class.path")));
      command.add("-Dsfsf.test.bundle=" + Bundle.file());
      command.add("-Dsfsf.test.silent=true");
      command.add("-Dorg.identityconnectors.common.logging.class=com.sfsf.connector.tests.Quiet");
      command.addAll(List.of(Everybody.class.getName(), configuration.toString()));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), output);
      System.out.println("heap " + output.trim());
      assertTrue(output.contains("100000 people"), output);
    }
  }
}
