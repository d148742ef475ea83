package com.sfsf.connector;

import com.sfsf.connector.client.Reference;
import com.sfsf.connector.client.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.identityconnectors.common.security.GuardedString;

/**
 * Values as the framework has them. It knows no days and no pointers that its older releases could carry: a day is a text such as
 * {@code 2024-01-31}, and a reference the uid of what it points to.
 */
final class Values {
  private static final Map<ValueType, Class<?>> TYPES =
      Map.of(
          ValueType.STRING, String.class,
          ValueType.BOOLEAN, Boolean.class,
          ValueType.INTEGER, Long.class,
          ValueType.DECIMAL, BigDecimal.class,
          ValueType.DATE, String.class,
          ValueType.DATE_TIME, ZonedDateTime.class,
          ValueType.BINARY, byte[].class,
          ValueType.SECRET, GuardedString.class,
          ValueType.REFERENCE, String.class,
          ValueType.COMPLEX, Map.class);

  private Values() {}

  /** The class of the values of a type of the protocol. */
  static Class<?> type(ValueType valueType) {
    return TYPES.getOrDefault(valueType, String.class);
  }

  /** Whether text filters make sense on a type of the protocol. */
  static boolean isText(ValueType valueType) {
    return valueType == ValueType.STRING || valueType == ValueType.REFERENCE;
  }

  /** Values of the connector for the framework. */
  static List<Object> toFramework(List<Object> values) {
    return values.stream().map(Values::toFramework).filter(Objects::nonNull).collect(Collectors.toList());
  }

  private static Object toFramework(Object value) {
    if (value instanceof Reference) {
      return ((Reference) value).uid();
    }
    if (value instanceof LocalDate) {
      return value.toString();
    }
    if (value instanceof OffsetDateTime) {
      return ((OffsetDateTime) value).atZoneSameInstant(ZoneOffset.UTC);
    }
    if (value instanceof BigInteger) {
      return new BigDecimal((BigInteger) value);
    }
    return value instanceof com.sfsf.connector.client.Secret ? null : value;
  }

  /** Values of the framework for the connector; null is no value. */
  static List<Object> toConnector(List<Object> values) {
    return values == null
        ? List.of()
        : values.stream().filter(Objects::nonNull).map(Values::toConnector).collect(Collectors.toList());
  }

  private static Object toConnector(Object value) {
    return value instanceof GuardedString ? BundleConfiguration.secret((GuardedString) value) : value;
  }
}
