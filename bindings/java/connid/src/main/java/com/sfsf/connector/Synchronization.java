package com.sfsf.connector;

import com.sfsf.connector.client.ConnectorObject;
import com.sfsf.connector.client.Gone;
import com.sfsf.connector.client.ImportRequest;
import com.sfsf.connector.client.ObjectStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.OperationOptions;
import org.identityconnectors.framework.common.objects.SyncDeltaBuilder;
import org.identityconnectors.framework.common.objects.SyncDeltaType;
import org.identityconnectors.framework.common.objects.SyncResultsHandler;
import org.identityconnectors.framework.common.objects.SyncToken;
import org.identityconnectors.framework.common.objects.Uid;
import org.identityconnectors.framework.spi.SyncTokenResultsHandler;

/**
 * One synchronization of the framework. A host may stop after any delta and go on with the token that came with it. So a delta has
 * the token of the last checkpoint before it, but the last of a page, which has that of its own; the last of all has the token of the
 * next run. At most one page is held back for that.
 */
final class Synchronization {
  /** The token of those who have none yet. */
  private static final String BEGINNING = "beginning";

  private final Tenant tenant;
  private final ObjectClass asked;
  private final ClassMapping mapping;
  private final SyncResultsHandler handler;
  private final ImportRequest request;
  private final List<SyncDeltaBuilder> page = new ArrayList<>();
  private String before;
  private String checkpoint;
  private boolean stopped;
  private int gone;

  Synchronization(
      Tenant tenant, ObjectClass asked, SyncToken token, SyncResultsHandler handler, OperationOptions options) {
    this.tenant = tenant;
    this.asked = asked;
    this.mapping = tenant.mapping(asked);
    this.handler = handler;
    this.request = new ImportRequest(asked.getObjectClassValue());
    this.before = token == null ? BEGINNING : token.getValue().toString();
    if (!BEGINNING.equals(before)) {
      request.since(before);
    }
    Collection<String> wanted = Search.wanted(mapping, options, Set.of());
    if (wanted != null) {
      request.attributesToGet(wanted);
    }
  }

  /** Hands over what has changed until the handler has enough. */
  void run() {
    try (ObjectStream changes = tenant.connection().importObjects(request)) {
      changes.onCheckpoint(token -> checkpoint = token);
      for (ConnectorObject object : changes) {
        handOverWholePage();
        takeGone(changes);
        if (stopped) {
          return;
        }
        page.add(changed(object));
      }
      takeGone(changes);
      end(changes);
    }
  }

  private void end(ObjectStream changes) {
    String next = changes.summary().syncToken();
    if (changes.problems().isEmpty() && next != null) {
      checkpoint = next;
    } else if (checkpoint == null) {
      checkpoint = before;
    }
    handOverWholePage();
    if (!stopped && !changes.problems().isEmpty()) {
      throw changes.problems().get(0).error();
    }
    if (!stopped && next != null && handler instanceof SyncTokenResultsHandler) {
      ((SyncTokenResultsHandler) handler).handleResult(new SyncToken(next));
    }
  }

  private SyncDeltaBuilder changed(ConnectorObject object) {
    return new SyncDeltaBuilder()
        .setDeltaType(SyncDeltaType.CREATE_OR_UPDATE)
        .setObject(mapping.toFramework(asked, object));
  }

  private void takeGone(ObjectStream changes) {
    List<Gone> all = changes.gone();
    for (; gone < all.size(); gone++) {
      page.add(
          new SyncDeltaBuilder()
              .setDeltaType(SyncDeltaType.DELETE)
              .setObjectClass(asked)
              .setUid(new Uid(all.get(gone).uid())));
    }
  }

  private void handOverWholePage() {
    if (checkpoint == null) {
      return;
    }
    for (int i = 0; i < page.size() && !stopped; i++) {
      String token = i + 1 == page.size() ? checkpoint : before;
      stopped = !handler.handle(page.get(i).setToken(new SyncToken(token)).build());
    }
    page.clear();
    before = checkpoint;
    checkpoint = null;
  }
}
