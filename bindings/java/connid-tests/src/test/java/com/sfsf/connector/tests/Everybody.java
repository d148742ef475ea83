package com.sfsf.connector.tests;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.identityconnectors.framework.api.APIConfiguration;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.api.ConnectorFacadeFactory;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.OperationOptionsBuilder;

/** Searches for everybody, and says how much heap is in use after a tenth and at the end: {@code CONFIGURATION}. */
final class Everybody {
  private static int count;

  private Everybody() {}

  public static void main(String... arguments) throws IOException {
    JsonObject keys = JsonParser.parseString(Files.readString(Path.of(arguments[0]))).getAsJsonObject();
    APIConfiguration configuration = Bundle.configured(Bundle.load(Bundle.file()), keys);
    Bundle.handlersOff(configuration);
    ConnectorFacade facade = ConnectorFacadeFactory.getInstance().newInstance(configuration);
    var options = new OperationOptionsBuilder().setAttributesToGet("email", "status", "firstName", "lastName").build();
    facade.search(
        ObjectClass.ACCOUNT,
        null,
        Handler.of(
            object -> {
              count++;
              if (count == 10_000) {
                System.out.println(used() + " KiB after " + count);
              }
              return true;
            }),
        options);
    System.out.println(used() + " KiB after " + count + " people");
  }

  private static long used() {
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1024;
  }
}
