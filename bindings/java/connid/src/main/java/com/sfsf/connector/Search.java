package com.sfsf.connector;

import com.sfsf.connector.client.ConnectorException;
import com.sfsf.connector.client.ConnectorObject;
import com.sfsf.connector.client.ObjectStream;
import com.sfsf.connector.client.Problem;
import com.sfsf.connector.client.SearchRequest;
import com.sfsf.connector.client.Summary;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.OperationOptions;
import org.identityconnectors.framework.common.objects.ResultsHandler;
import org.identityconnectors.framework.common.objects.SearchResult;
import org.identityconnectors.framework.common.objects.SortKey;
import org.identityconnectors.framework.spi.SearchResultsHandler;

/** One search of the framework. */
final class Search {
  private static final Pattern PLACE = Pattern.compile("\\d{1,9}");

  private final Tenant tenant;
  private final ObjectClass asked;
  private final ClassMapping mapping;
  private final OperationOptions options;
  private final SearchRequest request;

  Search(Tenant tenant, ObjectClass asked, Filters.Translated filter, OperationOptions options) {
    this.tenant = tenant;
    this.asked = asked;
    this.mapping = tenant.mapping(asked);
    this.options = options;
    this.request = new SearchRequest(asked.getObjectClassValue());
    if (filter != null) {
      request.filter(filter.filter);
    }
    attributes(filter == null ? Set.of() : filter.attributes);
    page();
    sort();
  }

  private void attributes(Collection<String> filtered) {
    Collection<String> wanted = wanted(mapping, options, filtered);
    if (wanted != null) {
      request.attributesToGet(wanted);
    }
  }

  /** The attributes to bring; null for what comes by default. What a filter looks at comes too: the framework checks it again. */
  static Collection<String> wanted(ClassMapping mapping, OperationOptions options, Collection<String> filtered) {
    String[] names = options.getAttributesToGet();
    boolean withDefaults = names == null || Boolean.TRUE.equals(options.getReturnDefaultAttributes());
    List<String> asked = names == null ? List.of() : Arrays.asList(names);
    if (!withDefaults) {
      return mapping.toConnector(asked);
    }
    if (mapping.areDefaults(asked) && mapping.areDefaults(filtered)) {
      return null;
    }
    Set<String> all = mapping.withDefaults(asked);
    all.addAll(mapping.toConnector(filtered));
    return all;
  }

  /**
   * Hosts page in two ways: by a place, counted from 1, or by a cookie. A cookie wins; without a size, everything comes, and from
   * the beginning only. The connector has cookies for the order of uids only: in any other order a cookie is a place.
   */
  private void page() {
    if (!isPaged()) {
      refusePlace();
      return;
    }
    int size = options.getPageSize();
    if (isByPlace()) {
      request.pageAt(size, place());
    } else if (options.getPagedResultsCookie() != null) {
      request.pageAfter(size, options.getPagedResultsCookie());
    } else {
      request.page(size);
    }
  }

  private void refusePlace() {
    String cookie = options.getPagedResultsCookie();
    Integer offset = options.getPagedResultsOffset();
    if (cookie != null && !cookie.isEmpty() || offset != null && offset > 1) {
      throw ConnectorException.invalidRequest("search: a cookie or an offset needs a page size: without one, everything comes");
    }
  }

  private boolean isPaged() {
    return options.getPageSize() != null && options.getPageSize() > 0;
  }

  private boolean isByPlace() {
    return isPaged() && (isByOffset() || isSorted());
  }

  private boolean isByOffset() {
    Integer offset = options.getPagedResultsOffset();
    return offset != null && offset > 0 && options.getPagedResultsCookie() == null;
  }

  private boolean isSorted() {
    return options.getSortKeys() != null && options.getSortKeys().length > 0;
  }

  private int place() {
    if (isByOffset()) {
      return options.getPagedResultsOffset();
    }
    String cookie = options.getPagedResultsCookie();
    if (cookie == null) {
      return 1;
    }
    if (!PLACE.matcher(cookie).matches()) {
      throw ConnectorException.invalidRequest("search: the cookie belongs to a search in another order; begin with the first page");
    }
    return Integer.parseInt(cookie);
  }

  private void sort() {
    if (isSorted()) {
      for (SortKey key : options.getSortKeys()) {
        request.sortBy(key.getField(), key.isAscendingOrder());
      }
    }
  }

  /** Hands over what is found until the handler has enough, and always says how it ended. */
  void run(ResultsHandler handler) {
    try (ObjectStream found = tenant.connection().search(request)) {
      for (ConnectorObject object : found) {
        if (!handler.handle(mapping.toFramework(asked, object))) {
          tell(handler, new SearchResult(null, -1, false));
          return;
        }
      }
      boolean whole = whole(found);
      tell(handler, result(found.summary(), whole));
    }
  }

  /** A record that could not be read fails the search at its end, unless the host can live without. */
  private boolean whole(ObjectStream found) {
    List<Problem> problems = found.problems();
    if (problems.isEmpty()) {
      return true;
    }
    if (Boolean.TRUE.equals(options.getAllowPartialResults())) {
      return false;
    }
    throw problems.get(0).error();
  }

  private SearchResult result(Summary summary, boolean whole) {
    int remaining = summary.remaining() == null ? -1 : Math.toIntExact(summary.remaining());
    boolean last = isByPlace() ? summary.count() < options.getPageSize() : summary.cookie() == null;
    return new SearchResult(last ? null : cookie(summary), remaining, whole && last);
  }

  private String cookie(Summary summary) {
    if (!isByPlace()) {
      return summary.cookie();
    }
    return isByOffset() ? null : String.valueOf(place() + options.getPageSize());
  }

  private static void tell(ResultsHandler handler, SearchResult result) {
    if (handler instanceof SearchResultsHandler) {
      ((SearchResultsHandler) handler).handleResult(result);
    }
  }
}
