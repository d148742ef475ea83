package com.sfsf.connector;

import com.sfsf.connector.client.ConnectorException;
import com.sfsf.connector.client.ImportRequest;
import com.sfsf.connector.client.Meta;
import com.sfsf.connector.client.ObjectStream;
import com.sfsf.connector.client.Operations;
import com.sfsf.connector.client.SaveMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.AttributeDelta;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.OperationOptions;
import org.identityconnectors.framework.common.objects.ResultsHandler;
import org.identityconnectors.framework.common.objects.Schema;
import org.identityconnectors.framework.common.objects.SuggestedValues;
import org.identityconnectors.framework.common.objects.SuggestedValuesBuilder;
import org.identityconnectors.framework.common.objects.SyncResultsHandler;
import org.identityconnectors.framework.common.objects.SyncToken;
import org.identityconnectors.framework.common.objects.Uid;
import org.identityconnectors.framework.common.objects.filter.FilterTranslator;
import org.identityconnectors.framework.spi.Configuration;
import org.identityconnectors.framework.spi.ConnectorClass;
import org.identityconnectors.framework.spi.PoolableConnector;
import org.identityconnectors.framework.spi.operations.CreateOp;
import org.identityconnectors.framework.spi.operations.DeleteOp;
import org.identityconnectors.framework.spi.operations.DiscoverConfigurationOp;
import org.identityconnectors.framework.spi.operations.SchemaOp;
import org.identityconnectors.framework.spi.operations.SearchOp;
import org.identityconnectors.framework.spi.operations.SyncOp;
import org.identityconnectors.framework.spi.operations.TestOp;
import org.identityconnectors.framework.spi.operations.UpdateDeltaOp;

/**
 * SAP SuccessFactors for hosts of the ConnId framework. It holds no logic: what it is asked it asks the connector, and translates
 * the words of both. There is no {@code AuthenticateOp}: SuccessFactors lets nobody ask whether a password is right.
 */
@ConnectorClass(
    displayNameKey = "connector.display",
    categoryKey = "connector.category",
    configurationClass = SuccessFactorsConfiguration.class,
    messageCatalogPaths = {"com/sfsf/connector/Messages", "com/sfsf/connector/Manifest"})
public final class SuccessFactorsConnector
    implements PoolableConnector,
        SchemaOp,
        TestOp,
        DiscoverConfigurationOp,
        SearchOp<Filters.Translated>,
        SyncOp,
        CreateOp,
        UpdateDeltaOp,
        DeleteOp {
  private SuccessFactorsConfiguration configuration;
  private Tenants.Lease lease;

  @Override
  public Configuration getConfiguration() {
    return configuration;
  }

  /** Loads the connector and gives it the configuration. Nothing is sent to the tenant. */
  @Override
  public void init(Configuration given) {
    SuccessFactorsConfiguration checked = (SuccessFactorsConfiguration) given;
    lease = translated(() -> Tenants.lease(checked));
    configuration = checked;
  }

  @Override
  public void dispose() {
    if (lease != null) {
      lease.close();
      lease = null;
    }
  }

  /** The connection renews its token and its sockets by itself. */
  @Override
  public void checkAlive() {
    if (lease == null) {
      throw new IllegalStateException("the connector was disposed of");
    }
  }

  @Override
  public void test() {
    translated(() -> operations().test());
  }

  @Override
  public void testPartialConfiguration() {
    test();
  }

  /** What the connector takes for the keys that are not given. */
  @Override
  public Map<String, SuggestedValues> discoverConfiguration() {
    Map<String, SuggestedValues> suggestions = new HashMap<>();
    for (BundleConfiguration.Key key : configuration.keys()) {
      if (key.isAbsent() && key.defaultValue != null) {
        suggestions.put(key.property, SuggestedValuesBuilder.buildOpen(key.defaultValue));
      }
    }
    return suggestions;
  }

  @Override
  public Schema schema() {
    return translated(() -> Schemas.of(tenant().read(), configuration.isUidInSchema()));
  }

  @Override
  public FilterTranslator<Filters.Translated> createFilterTranslator(ObjectClass objectClass, OperationOptions options) {
    ClassMapping mapping = translated(() -> tenant().mapping(objectClass));
    return filter -> filter == null ? List.of() : translated(() -> List.of(Filters.translated(filter, mapping)));
  }

  @Override
  public void executeQuery(
      ObjectClass objectClass, Filters.Translated filter, ResultsHandler handler, OperationOptions options) {
    run(() -> new Search(tenant(), objectClass, filter, options).run(handler));
  }

  @Override
  public void sync(ObjectClass objectClass, SyncToken token, SyncResultsHandler handler, OperationOptions options) {
    run(() -> new Synchronization(tenant(), objectClass, token, handler, options).run());
  }

  @Override
  public SyncToken getLatestSyncToken(ObjectClass objectClass) {
    ImportRequest now = new ImportRequest(objectClass.getObjectClassValue()).tokenOnly();
    return translated(
        () -> {
          try (ObjectStream nobody = tenant().connection().importObjects(now)) {
            nobody.forEach(object -> {});
            return new SyncToken(nobody.summary().syncToken());
          }
        });
  }

  @Override
  public Uid create(ObjectClass objectClass, Set<Attribute> attributes, OperationOptions options) {
    String name = objectClass.getObjectClassValue();
    return translated(
        () -> new Uid(operations().save(name, null, ClassMapping.changes(attributes), SaveMode.CREATE).uid()));
  }

  @Override
  public Set<AttributeDelta> updateDelta(
      ObjectClass objectClass, Uid uid, Set<AttributeDelta> deltas, OperationOptions options) {
    if (!deltas.isEmpty()) {
      String name = objectClass.getObjectClassValue();
      translated(() -> operations().save(name, uid.getUidValue(), ClassMapping.deltas(deltas), SaveMode.UPDATE));
    }
    return Set.of();
  }

  @Override
  public void delete(ObjectClass objectClass, Uid uid, OperationOptions options) {
    translated(() -> operations().delete(objectClass.getObjectClassValue(), uid.getUidValue()));
  }

  private Tenant tenant() {
    return lease.tenant();
  }

  /** The operations that have one answer, with the deadline of the configuration. */
  private Operations operations() {
    Integer deadline = configuration.getDeadline();
    Operations operations = tenant().connection();
    return deadline == null ? operations : operations.with(Meta.NONE.deadline(Duration.ofSeconds(deadline)));
  }

  private static void run(Runnable call) {
    translated(
        () -> {
          call.run();
          return null;
        });
  }

  private static <T> T translated(Supplier<T> call) {
    try {
      return call.get();
    } catch (ConnectorException failure) {
      throw Failures.of(failure);
    }
  }
}
