package com.sfsf.connector;

import com.sfsf.connector.client.AttributeInfo;
import com.sfsf.connector.client.Changes;
import com.sfsf.connector.client.ConnectorObject;
import com.sfsf.connector.client.ObjectClassInfo;
import com.sfsf.connector.client.ObjectClassManifest;
import com.sfsf.connector.client.Operation;
import com.sfsf.connector.client.ValueType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.AttributeDelta;
import org.identityconnectors.framework.common.objects.AttributeInfoBuilder;
import org.identityconnectors.framework.common.objects.ConnectorObjectBuilder;
import org.identityconnectors.framework.common.objects.Name;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.ObjectClassInfoBuilder;
import org.identityconnectors.framework.common.objects.OperationalAttributes;
import org.identityconnectors.framework.common.objects.Uid;

/**
 * What the framework calls an object class and its attributes. A class goes by its alias, {@code __ACCOUNT__} or {@code __GROUP__},
 * if it has one; the attribute that is the name goes by {@code __NAME__}, and the password by {@code __PASSWORD__}. Everything else
 * has the name that it has at the tenant.
 */
final class ClassMapping {
  private final ObjectClassManifest manifest;
  private final Map<String, AttributeInfo> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  ClassMapping(ObjectClassManifest manifest, ObjectClassInfo info) {
    this.manifest = manifest;
    info.attributes().forEach(attribute -> attributes.put(frameworkName(attribute), attribute));
  }

  /** Whether the framework or the tenant calls the class so. */
  boolean isCalled(String name) {
    return manifest.name().equalsIgnoreCase(name) || manifest.aliases().stream().anyMatch(name::equalsIgnoreCase);
  }

  private String frameworkClass() {
    return manifest.aliases().isEmpty() ? manifest.name() : manifest.aliases().get(0);
  }

  boolean canSearch() {
    return manifest.operations().contains(Operation.SEARCH);
  }

  boolean canSync() {
    return manifest.importManifest().delta();
  }

  boolean canDelete() {
    return manifest.operations().contains(Operation.DELETE);
  }

  boolean canCreate() {
    return canSave() && attributes.values().stream().anyMatch(AttributeInfo::creatable);
  }

  boolean canUpdate() {
    return canSave() && attributes.values().stream().anyMatch(AttributeInfo::updatable);
  }

  private boolean canSave() {
    return manifest.operations().contains(Operation.SAVE);
  }

  boolean canSort() {
    return manifest.search().sortKeys();
  }

  private String frameworkName(AttributeInfo attribute) {
    if (attribute.name().equalsIgnoreCase(manifest.nameAttribute())) {
      return Name.NAME;
    }
    boolean password = attribute.valueType() == ValueType.SECRET && manifest.operations().contains(Operation.RESET_PASSWORD);
    return password ? OperationalAttributes.PASSWORD_NAME : attribute.name();
  }

  /** The class for the framework's schema. */
  org.identityconnectors.framework.common.objects.ObjectClassInfo toSchema(boolean withUid) {
    ObjectClassInfoBuilder builder = new ObjectClassInfoBuilder().setType(frameworkClass());
    attributes.forEach((name, attribute) -> builder.addAttributeInfo(toSchema(name, attribute)));
    if (withUid) {
      builder.addAttributeInfo(uidInfo());
    }
    return builder.build();
  }

  private org.identityconnectors.framework.common.objects.AttributeInfo uidInfo() {
    return new AttributeInfoBuilder(Uid.NAME)
        .setNativeName(manifest.uidAttribute())
        .setCreateable(false)
        .setUpdateable(false)
        .build();
  }

  private static org.identityconnectors.framework.common.objects.AttributeInfo toSchema(String name, AttributeInfo attribute) {
    AttributeInfoBuilder builder =
        new AttributeInfoBuilder(name, Values.type(attribute.valueType()))
            .setRequired(attribute.required())
            .setMultiValued(attribute.multivalued())
            .setCreateable(attribute.creatable())
            .setUpdateable(attribute.updatable())
            .setReadable(attribute.readable())
            .setReturnedByDefault(attribute.readable() && attribute.returnedByDefault());
    if (!name.equals(attribute.name())) {
      builder.setNativeName(attribute.name());
    } else if (attribute.nativeName() != null) {
      builder.setNativeName(attribute.nativeName());
    }
    return builder.build();
  }

  /** What an attribute is; null if the schema has none of this name. */
  AttributeInfo attribute(String name) {
    return attributes.get(name);
  }

  /** The attributes that come without being asked for, and these. */
  Set<String> withDefaults(Collection<String> more) {
    Set<String> names = new LinkedHashSet<>();
    attributes.values().stream().filter(AttributeInfo::returnedByDefault).forEach(info -> names.add(info.name()));
    names.addAll(toConnector(more));
    return names;
  }

  /** Whether all of these come without being asked for. */
  boolean areDefaults(Collection<String> names) {
    return names.stream().map(attributes::get).allMatch(info -> info == null || info.returnedByDefault());
  }

  /** The names of attributes as the connector has them. The uid and the name always come. */
  List<String> toConnector(Collection<String> names) {
    List<String> translated = new ArrayList<>();
    for (String name : names) {
      if (!Uid.NAME.equalsIgnoreCase(name) && !Name.NAME.equalsIgnoreCase(name)) {
        AttributeInfo info = attributes.get(name);
        translated.add(info == null ? name : info.name());
      }
    }
    return translated;
  }

  /** An object for the framework, under the class that was asked for. Attributes without a value are left out. */
  org.identityconnectors.framework.common.objects.ConnectorObject toFramework(ObjectClass asked, ConnectorObject object) {
    ConnectorObjectBuilder builder =
        new ConnectorObjectBuilder().setObjectClass(asked).setUid(object.uid()).setName(object.name());
    object
        .attributes()
        .forEach(
            (name, values) -> {
              List<Object> translated = Values.toFramework(values);
              if (!translated.isEmpty() && attributes.containsKey(name)) {
                builder.addAttribute(name, translated);
              }
            });
    return builder.build();
  }

  /** The attributes of a new object. */
  static Changes changes(Set<Attribute> attributes) {
    Changes changes = new Changes();
    attributes.forEach(attribute -> changes.replace(attribute.getName(), Values.toConnector(attribute.getValue())));
    return changes;
  }

  /** The changes of an object that is there. */
  static Changes deltas(Set<AttributeDelta> deltas) {
    Changes changes = new Changes();
    for (AttributeDelta delta : deltas) {
      if (delta.getValuesToReplace() != null) {
        changes.replace(delta.getName(), Values.toConnector(delta.getValuesToReplace()));
      }
      if (delta.getValuesToAdd() != null) {
        changes.add(delta.getName(), Values.toConnector(delta.getValuesToAdd()));
      }
      if (delta.getValuesToRemove() != null) {
        changes.remove(delta.getName(), Values.toConnector(delta.getValuesToRemove()));
      }
    }
    return changes;
  }
}
