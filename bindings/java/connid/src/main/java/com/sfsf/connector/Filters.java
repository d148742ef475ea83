package com.sfsf.connector;

import com.sfsf.connector.client.AttributeInfo;
import com.sfsf.connector.client.Filter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.identityconnectors.framework.common.exceptions.InvalidAttributeValueException;
import org.identityconnectors.framework.common.objects.filter.AndFilter;
import org.identityconnectors.framework.common.objects.filter.AttributeFilter;
import org.identityconnectors.framework.common.objects.filter.CompositeFilter;
import org.identityconnectors.framework.common.objects.filter.ContainsAllValuesFilter;
import org.identityconnectors.framework.common.objects.filter.ContainsFilter;
import org.identityconnectors.framework.common.objects.filter.EndsWithFilter;
import org.identityconnectors.framework.common.objects.filter.EqualsFilter;
import org.identityconnectors.framework.common.objects.filter.EqualsIgnoreCaseFilter;
import org.identityconnectors.framework.common.objects.filter.ExternallyChainedFilter;
import org.identityconnectors.framework.common.objects.filter.FilterVisitor;
import org.identityconnectors.framework.common.objects.filter.GreaterThanFilter;
import org.identityconnectors.framework.common.objects.filter.GreaterThanOrEqualFilter;
import org.identityconnectors.framework.common.objects.filter.LessThanFilter;
import org.identityconnectors.framework.common.objects.filter.LessThanOrEqualFilter;
import org.identityconnectors.framework.common.objects.filter.NotFilter;
import org.identityconnectors.framework.common.objects.filter.OrFilter;
import org.identityconnectors.framework.common.objects.filter.StartsWithFilter;

/**
 * The framework's filters, passed whole to the connector, which lets the tenant do what it can and does the rest itself. So one
 * filter is always one query, and paging always possible.
 */
final class Filters implements FilterVisitor<Filter, ClassMapping> {
  /** A filter, and the attributes that it looks at. */
  static final class Translated {
    final Filter filter;
    final Set<String> attributes;

    private Translated(Filter filter, Set<String> attributes) {
      this.filter = filter;
      this.attributes = attributes;
    }
  }

  private final Set<String> attributes = new LinkedHashSet<>();

  private Filters() {}

  static Translated translated(org.identityconnectors.framework.common.objects.filter.Filter filter, ClassMapping mapping) {
    Filters visitor = new Filters();
    Filter translated = visitor.translate(filter, mapping);
    return new Translated(translated, visitor.attributes);
  }

  private Filter translate(org.identityconnectors.framework.common.objects.filter.Filter filter, ClassMapping mapping) {
    if (filter instanceof ExternallyChainedFilter) {
      return translate(((ExternallyChainedFilter) filter).getFilter(), mapping);
    }
    return filter.accept(this, mapping);
  }

  @Override
  public Filter visitAndFilter(ClassMapping mapping, AndFilter filter) {
    return Filter.and(all(mapping, filter));
  }

  @Override
  public Filter visitOrFilter(ClassMapping mapping, OrFilter filter) {
    return Filter.or(all(mapping, filter));
  }

  private Filter[] all(ClassMapping mapping, CompositeFilter filter) {
    Collection<org.identityconnectors.framework.common.objects.filter.Filter> parts = filter.getFilters();
    return parts.stream().map(part -> translate(part, mapping)).toArray(Filter[]::new);
  }

  @Override
  public Filter visitNotFilter(ClassMapping mapping, NotFilter filter) {
    return Filter.not(translate(filter.getFilter(), mapping));
  }

  /** To the framework, attributes are equal if their whole lists are. The connector has that for one value, and for none. */
  @Override
  public Filter visitEqualsFilter(ClassMapping mapping, EqualsFilter filter) {
    List<Object> values = values(filter);
    AttributeInfo info = mapping.attribute(filter.getName());
    if (values.isEmpty()) {
      return Filter.not(Filter.present(name(filter)));
    }
    if (values.size() > 1 || info != null && info.multivalued()) {
      throw refused(filter, "has several values, and is never compared whole; ask with containsAllValues instead");
    }
    return Filter.equal(name(filter), values.get(0));
  }

  @Override
  public Filter visitContainsAllValuesFilter(ClassMapping mapping, ContainsAllValuesFilter filter) {
    return Filter.containsAll(name(filter), values(filter));
  }

  @Override
  public Filter visitGreaterThanFilter(ClassMapping mapping, GreaterThanFilter filter) {
    return Filter.greater(name(filter), value(filter));
  }

  @Override
  public Filter visitGreaterThanOrEqualFilter(ClassMapping mapping, GreaterThanOrEqualFilter filter) {
    return Filter.greaterOrEqual(name(filter), value(filter));
  }

  @Override
  public Filter visitLessThanFilter(ClassMapping mapping, LessThanFilter filter) {
    return Filter.less(name(filter), value(filter));
  }

  @Override
  public Filter visitLessThanOrEqualFilter(ClassMapping mapping, LessThanOrEqualFilter filter) {
    return Filter.lessOrEqual(name(filter), value(filter));
  }

  /** Hosts ask with an empty text whether there is a value at all, whatever its type. */
  @Override
  public Filter visitStartsWithFilter(ClassMapping mapping, StartsWithFilter filter) {
    return filter.getValue().isEmpty()
        ? Filter.present(name(filter))
        : Filter.startsWith(textName(mapping, filter), filter.getValue());
  }

  @Override
  public Filter visitEndsWithFilter(ClassMapping mapping, EndsWithFilter filter) {
    return Filter.endsWith(textName(mapping, filter), filter.getValue());
  }

  @Override
  public Filter visitContainsFilter(ClassMapping mapping, ContainsFilter filter) {
    return Filter.contains(textName(mapping, filter), filter.getValue());
  }

  @Override
  public Filter visitEqualsIgnoreCaseFilter(ClassMapping mapping, EqualsIgnoreCaseFilter filter) {
    return Filter.equalsIgnoreCase(textName(mapping, filter), filter.getValue());
  }

  @Override
  public Filter visitExtendedFilter(ClassMapping mapping, org.identityconnectors.framework.common.objects.filter.Filter filter) {
    throw new UnsupportedOperationException("filters of class " + filter.getClass().getName() + " are not known here");
  }

  private String name(AttributeFilter filter) {
    attributes.add(filter.getName());
    return filter.getName();
  }

  private String textName(ClassMapping mapping, AttributeFilter filter) {
    AttributeInfo info = mapping.attribute(filter.getName());
    if (info != null && !Values.isText(info.valueType())) {
      throw refused(filter, "is a " + info.valueTypeText() + " at the tenant, and has no text to look into");
    }
    return name(filter);
  }

  private static List<Object> values(AttributeFilter filter) {
    return Values.toConnector(filter.getAttribute().getValue());
  }

  private static Object value(AttributeFilter filter) {
    List<Object> values = values(filter);
    if (values.size() != 1) {
      throw refused(filter, "is compared with one value, not with " + values.size());
    }
    return values.get(0);
  }

  private static InvalidAttributeValueException refused(AttributeFilter filter, String why) {
    InvalidAttributeValueException refusal = new InvalidAttributeValueException("search: " + filter.getName() + " " + why);
    refusal.setAffectedAttributeNames(Set.of(filter.getName()));
    return refusal;
  }
}
