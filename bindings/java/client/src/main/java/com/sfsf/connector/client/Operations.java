package com.sfsf.connector.client;

import com.google.gson.JsonObject;
import com.sfsf.connector.client.transport.Event;
import com.sfsf.connector.client.transport.Events;
import com.sfsf.connector.client.transport.Link;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What can be asked of a tenant. Any number of threads may ask at the same time. Every method throws a {@link ConnectorException}
 * if it fails; if the waiting thread is interrupted, the request is cancelled and the exception is {@link
 * ConnectorException.Cancelled}, with the thread's interrupt status set.
 */
public class Operations {
  private final Link link;
  private final AtomicLong ids;
  private final Meta meta;

  Operations(Link link, AtomicLong ids, Meta meta) {
    this.link = link;
    this.ids = ids;
    this.meta = meta;
  }

  /** The same, with something that goes along with every request. */
  public final Operations with(Meta meta) {
    return new Operations(link, ids, meta);
  }

  /** Is the tenant reachable, and are we let in? It logs in anew and reads one record. */
  public final TestReport test() {
    return new TestReport(ask("test", new JsonObject()));
  }

  /** What do objects of the tenant look like? */
  public final Schema schema() {
    return new Schema(ask("schema", new JsonObject()));
  }

  /** One object by its uid, or the certainty that there is none. Nobody is no error. */
  public final GetOutcome get(String objectClass, String uid) {
    return get(new GetRequest(objectClass, uid));
  }

  /** One object, or the certainty that there is none. */
  public final GetOutcome get(GetRequest request) {
    return new GetOutcome(ask("get", request.params()));
  }

  /** The objects that satisfy a filter. */
  public final ObjectStream search(SearchRequest request) {
    return new ObjectStream(start("search", request.params()));
  }

  /** All objects of a class, or what has changed. */
  public final ObjectStream importObjects(ImportRequest request) {
    return new ObjectStream(start("import", request.params()));
  }

  /** Creates an object or changes it. May be repeated: what is so already is not written again. */
  public final SaveOutcome save(String objectClass, String uid, Changes changes) {
    return save(new SaveRequest(objectClass, uid, changes));
  }

  /** Creates an object or changes it, as the mode says. The uid may be null if the changes have it. */
  public final SaveOutcome save(String objectClass, String uid, Changes changes, SaveMode mode) {
    return save(new SaveRequest(objectClass, uid, changes).mode(mode));
  }

  /** Creates an object or changes it, as the request says. */
  public final SaveOutcome save(SaveRequest request) {
    return new SaveOutcome(ask("save", request.params()));
  }

  /**
   * What this save would write, in order and to the byte: a dry run. Nothing is written. It fails as the save would fail before
   * anything is sent; what the target would refuse, it cannot tell.
   */
  public final SaveExplanation explainSave(SaveRequest request) {
    return new SaveExplanation(ask("explain", request.explained()));
  }

  /** Deletes an object. The manifest says what that means; people are made inactive. */
  public final SaveOutcome delete(String objectClass, String uid) {
    return new SaveOutcome(ask("delete", about(objectClass, uid)));
  }

  /** Makes a person inactive. */
  public final SaveOutcome suspend(String objectClass, String uid) {
    return new SaveOutcome(ask("suspend", about(objectClass, uid)));
  }

  /** Makes a person active. */
  public final SaveOutcome resume(String objectClass, String uid) {
    return new SaveOutcome(ask("resume", about(objectClass, uid)));
  }

  /** Sets a password without knowing the old one. */
  public final SaveOutcome resetPassword(String objectClass, String uid, Secret newPassword) {
    JsonObject params = about(objectClass, uid);
    params.add("new_password", Values.toWire(newPassword));
    return new SaveOutcome(ask("reset_password", params));
  }

  /** The values of a list; the manifest names the lists. */
  public final ValueList lookup(String name) {
    return lookup(name, null);
  }

  /** The values of a list that was read no longer ago than this; zero asks the tenant anew. */
  public final ValueList lookup(String name, Duration maxAge) {
    JsonObject params = new JsonObject();
    params.addProperty("name", name);
    if (maxAge != null) {
      params.addProperty("max_age_ms", maxAge.toMillis());
    }
    return new ValueList(ask("lookup", params));
  }

  /** What a search with this filter does. Nothing is searched for. */
  public final FilterExplanation explainFilter(String objectClass, Filter filter) {
    JsonObject params = about(objectClass, null);
    params.add("filter", filter.json());
    return new FilterExplanation(ask("explain", params));
  }

  /** How presence and state of an object come about. */
  public final ObjectExplanation explainObject(String objectClass, String uid) {
    return new ObjectExplanation(ask("explain", about(objectClass, uid)));
  }

  private static JsonObject about(String objectClass, String uid) {
    JsonObject params = new JsonObject();
    params.addProperty("object_class", objectClass);
    if (uid != null) {
      params.addProperty("uid", uid);
    }
    return params;
  }

  private JsonObject ask(String method, JsonObject params) {
    try (Events events = start(method, params)) {
      for (Event event = events.next(); event != null; event = events.next()) {
        JsonObject json = event.json();
        if (event.method() == null && json.has("error")) {
          throw ConnectorException.of(json, event.line());
        }
        if (json.has("result")) {
          return json.getAsJsonObject("result");
        }
      }
    }
    throw ConnectorException.internal("the request has ended without an answer");
  }

  private Events start(String method, JsonObject params) {
    if (meta.json().size() > 0) {
      params.add("meta", meta.json());
    }
    JsonObject request = new JsonObject();
    request.addProperty("jsonrpc", "2.0");
    request.addProperty("id", ids.incrementAndGet());
    request.addProperty("method", method);
    request.add("params", params);
    return link.start(request.toString());
  }
}
