package com.sfsf.connector.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sfsf.connector.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.identityconnectors.framework.api.ConnectorFacade;
import org.identityconnectors.framework.common.objects.Attribute;
import org.identityconnectors.framework.common.objects.AttributeBuilder;
import org.identityconnectors.framework.common.objects.ConnectorObject;
import org.identityconnectors.framework.common.objects.ObjectClass;
import org.identityconnectors.framework.common.objects.OperationOptionsBuilder;
import org.identityconnectors.framework.common.objects.filter.Filter;
import org.identityconnectors.framework.common.objects.filter.FilterBuilder;
import org.junit.jupiter.api.Test;

/**
 * The law of filters: a search brings exactly the objects that the framework's own evaluation takes, whatever the filter. The
 * framework is in the mode in which it fails on every object that does not belong there, as with Syncope.
 */
class FilterLawTest {
  private static final int FILTERS = Integer.getInteger("sfsf.test.filters", 400);
  private static final String[] TEXTS = {"__NAME__", "__UID__", "userId", "lastName", "firstName", "email", "department", "manager", "status"};
  private static final String[] ORDERED = {"userId", "lastName", "hireDate", "lastModifiedDateTime", "totalTeamSize", "manager"};
  private static final String[] ANY = {
    "userId", "__NAME__", "__UID__", "lastName", "email", "hireDate", "dateOfBirth", "lastModifiedDateTime", "totalTeamSize", "__ENABLE__",
    "married", "manager", "status", "title"
  };

  private final Random random = new Random(20240131);
  private List<ConnectorObject> everybody;

  @Test
  void a_search_brings_exactly_what_the_framework_would_take() {
    try (Sandbox sandbox = Sandbox.start(60)) {
      ConnectorFacade facade = Bundle.facade(sandbox, Bundle::validating);
      Set<String> names = new TreeSet<>(Set.of(ANY));
      names.addAll(List.of(TEXTS));
      names.addAll(List.of(ORDERED));
      names.add("groups");
      var all = new OperationOptionsBuilder().setAttributesToGet(names).build();
      everybody = OperationsTest.search(facade, ObjectClass.ACCOUNT, null, all);
      assertEquals(60, everybody.size());

      Set<String> kinds = new TreeSet<>();
      int matching = 0;
      for (int i = 0; i < FILTERS; i++) {
        Filter filter = filter(3, kinds);
        Set<String> expected =
            everybody.stream().filter(filter::accept).map(object -> object.getUid().getUidValue()).collect(Collectors.toSet());
        Set<String> found;
        try {
          found = new HashSet<>(OperationsTest.uids(OperationsTest.search(facade, ObjectClass.ACCOUNT, filter, null)));
        } catch (RuntimeException failure) {
          throw new AssertionError(filter.toString(), failure);
        }
        assertEquals(new TreeSet<>(expected), new TreeSet<>(found), filter.toString());
        matching += expected.isEmpty() || expected.size() == everybody.size() ? 0 : 1;
      }
      assertEquals(14, kinds.size(), kinds.toString());
      assertTrue(matching > FILTERS / 3, "only " + matching + " filters told people apart");
    }
  }

  private Filter filter(int depth, Set<String> kinds) {
    int kind = random.nextInt(depth == 0 ? 11 : 17);
    switch (kind) {
      case 0:
        kinds.add("startsWith");
        return FilterBuilder.startsWith(part(TEXTS, 0));
      case 1:
        kinds.add("endsWith");
        return FilterBuilder.endsWith(part(TEXTS, 1));
      case 2:
        kinds.add("contains");
        return FilterBuilder.contains(part(TEXTS, 2));
      case 3:
        kinds.add("equalsIgnoreCase");
        return FilterBuilder.equalsIgnoreCase(swapped(part(TEXTS, 3)));
      case 4:
        kinds.add("containsAllValues");
        return FilterBuilder.containsAllValues(groups());
      case 5:
        kinds.add("present");
        return FilterBuilder.startsWith(AttributeBuilder.build(TEXTS[2 + random.nextInt(TEXTS.length - 2)], ""));
      case 6:
        kinds.add("equalTo");
        return FilterBuilder.equalTo(whole(ANY));
      case 7:
        kinds.add("greaterThan");
        return FilterBuilder.greaterThan(whole(ORDERED));
      case 8:
        kinds.add("greaterThanOrEqualTo");
        return FilterBuilder.greaterThanOrEqualTo(whole(ORDERED));
      case 9:
        kinds.add("lessThan");
        return FilterBuilder.lessThan(whole(ORDERED));
      case 10:
        kinds.add("lessThanOrEqualTo");
        return FilterBuilder.lessThanOrEqualTo(whole(ORDERED));
      case 11:
      case 12:
        kinds.add("not");
        return FilterBuilder.not(filter(depth - 1, kinds));
      case 13:
      case 14:
        kinds.add("and");
        return FilterBuilder.and(filter(depth - 1, kinds), filter(depth - 1, kinds));
      default:
        kinds.add("or");
        return FilterBuilder.or(filter(depth - 1, kinds), filter(depth - 1, kinds));
    }
  }

  /** A value that somebody has. */
  private Attribute whole(String[] names) {
    String name = names[random.nextInt(names.length)];
    List<Object> values = new ArrayList<>();
    for (ConnectorObject object : everybody) {
      Attribute attribute = object.getAttributeByName(name);
      if (attribute != null && !attribute.getValue().isEmpty()) {
        values.add(attribute.getValue().get(0));
      }
    }
    return values.isEmpty() ? whole(names) : AttributeBuilder.build(name, values.get(random.nextInt(values.size())));
  }

  /** The beginning, the end, the middle or all of a text that somebody has. */
  private Attribute part(String[] names, int which) {
    Attribute attribute = whole(names);
    String text = attribute.getValue().get(0).toString();
    int[] points = text.codePoints().toArray();
    int half = Math.max(1, points.length / 2);
    switch (which) {
      case 0:
        return AttributeBuilder.build(attribute.getName(), new String(points, 0, half));
      case 1:
        return AttributeBuilder.build(attribute.getName(), new String(points, points.length - half, half));
      case 2:
        return AttributeBuilder.build(attribute.getName(), new String(points, points.length / 4, half));
      default:
        return AttributeBuilder.build(attribute.getName(), text);
    }
  }

  private static Attribute swapped(Attribute attribute) {
    String text = attribute.getValue().get(0).toString();
    String upper = text.toUpperCase(java.util.Locale.ROOT);
    return AttributeBuilder.build(attribute.getName(), upper.toLowerCase(java.util.Locale.ROOT).equals(text.toLowerCase(java.util.Locale.ROOT)) ? upper : text);
  }

  private Attribute groups() {
    List<Object> known = new ArrayList<>();
    for (ConnectorObject object : everybody) {
      Attribute groups = object.getAttributeByName("groups");
      if (groups != null) {
        known.addAll(groups.getValue());
      }
    }
    return AttributeBuilder.build("groups", known.get(random.nextInt(known.size())), known.get(random.nextInt(known.size())));
  }
}
