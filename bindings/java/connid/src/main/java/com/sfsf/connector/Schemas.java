package com.sfsf.connector;

import java.util.ArrayList;
import java.util.List;
import org.identityconnectors.framework.common.objects.ObjectClassInfo;
import org.identityconnectors.framework.common.objects.OperationOptionInfo;
import org.identityconnectors.framework.common.objects.OperationOptionInfoBuilder;
import org.identityconnectors.framework.common.objects.Schema;
import org.identityconnectors.framework.common.objects.SchemaBuilder;
import org.identityconnectors.framework.spi.operations.CreateOp;
import org.identityconnectors.framework.spi.operations.DeleteOp;
import org.identityconnectors.framework.spi.operations.SPIOperation;
import org.identityconnectors.framework.spi.operations.SearchOp;
import org.identityconnectors.framework.spi.operations.SyncOp;
import org.identityconnectors.framework.spi.operations.UpdateDeltaOp;

/** The framework's schema: the classes of the tenant, and what the connector can do with each. */
final class Schemas {
  private Schemas() {}

  static Schema of(List<ClassMapping> classes, boolean withUid) {
    SchemaBuilder schema = new SchemaBuilder(SuccessFactorsConnector.class);
    for (ClassMapping mapping : classes) {
      ObjectClassInfo info = mapping.toSchema(withUid);
      schema.defineObjectClass(info);
      impossible(mapping).forEach(operation -> schema.removeSupportedObjectClass(operation, info));
    }
    options(classes).forEach(option -> schema.defineOperationOption(option, SearchOp.class));
    attributeOptions().forEach(option -> schema.defineOperationOption(option, SearchOp.class, SyncOp.class));
    return schema.build();
  }

  private static List<Class<? extends SPIOperation>> impossible(ClassMapping mapping) {
    List<Class<? extends SPIOperation>> operations = new ArrayList<>();
    addUnless(mapping.canSearch(), SearchOp.class, operations);
    addUnless(mapping.canSync(), SyncOp.class, operations);
    addUnless(mapping.canCreate(), CreateOp.class, operations);
    addUnless(mapping.canUpdate(), UpdateDeltaOp.class, operations);
    addUnless(mapping.canDelete(), DeleteOp.class, operations);
    return operations;
  }

  private static void addUnless(
      boolean possible, Class<? extends SPIOperation> operation, List<Class<? extends SPIOperation>> operations) {
    if (!possible) {
      operations.add(operation);
    }
  }

  private static List<OperationOptionInfo> options(List<ClassMapping> classes) {
    List<OperationOptionInfo> options = new ArrayList<>();
    options.add(OperationOptionInfoBuilder.buildPageSize());
    options.add(OperationOptionInfoBuilder.buildPagedResultsOffset());
    options.add(OperationOptionInfoBuilder.buildPagedResultsCookie());
    options.add(OperationOptionInfoBuilder.buildAllowPartialResults());
    if (classes.stream().anyMatch(ClassMapping::canSort)) {
      options.add(OperationOptionInfoBuilder.buildSortKeys());
    }
    return options;
  }

  private static List<OperationOptionInfo> attributeOptions() {
    return List.of(
        OperationOptionInfoBuilder.buildAttributesToGet(), OperationOptionInfoBuilder.buildReturnDefaultAttributes());
  }
}
