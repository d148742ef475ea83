package com.sfsf.connector.tests;

import java.util.function.Predicate;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.common.objects.SearchResult;
import org.identityconnectors.framework.spi.SearchResultsHandler;

/** What a host gives to a search: it takes objects until it has enough, and is told how the search ended exactly once. */
final class Handler implements SearchResultsHandler {
  private final Predicate<ConnectorObject> more;
  private int ends;

  private Handler(Predicate<ConnectorObject> more) {
    this.more = more;
  }

  /** Takes objects for as long as this says so. */
  static Handler of(Predicate<ConnectorObject> more) {
    return new Handler(more);
  }

  @Override
  public boolean handle(ConnectorObject object) {
    return more.test(object);
  }

  @Override
  public void handleResult(SearchResult result) {
    ends++;
    if (ends > 1) {
      throw new IllegalStateException("the search has ended twice");
    }
  }
}
