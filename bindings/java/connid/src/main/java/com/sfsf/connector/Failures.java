package com.sfsf.connector;

import com.sfsf.connector.client.ConnectorException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.identityconnectors.framework.common.exceptions.AlreadyExistsException;
import org.identityconnectors.framework.common.exceptions.ConfigurationException;
import org.identityconnectors.framework.common.exceptions.ConnectionBrokenException;
import org.identityconnectors.framework.common.exceptions.ConnectionFailedException;
import org.identityconnectors.framework.common.exceptions.InvalidAttributeValueException;
import org.identityconnectors.framework.common.exceptions.InvalidPasswordException;
import org.identityconnectors.framework.common.exceptions.OperationTimeoutException;
import org.identityconnectors.framework.common.exceptions.PasswordExpiredException;
import org.identityconnectors.framework.common.exceptions.PermissionDeniedException;
import org.identityconnectors.framework.common.exceptions.PreconditionFailedException;
import org.identityconnectors.framework.common.exceptions.RetryableException;
import org.identityconnectors.framework.common.exceptions.UnknownUidException;
import org.identityconnectors.framework.common.objects.OperationalAttributes;
import org.identityconnectors.framework.common.objects.Uid;

/** What a failure of the connector is to the framework, so that hosts repeat what can be repeated, and nothing else. */
final class Failures {
  private static final Map<String, BiFunction<String, ConnectorException, RuntimeException>> BY_KIND =
      Map.ofEntries(
          Map.entry("unsupported", UnsupportedOperationException::new),
          Map.entry("configuration", ConfigurationException::new),
          Map.entry("service_auth", ConnectionFailedException::new),
          Map.entry("connection_failed", ConnectionFailedException::new),
          Map.entry("connection_broken", ConnectionBrokenException::new),
          Map.entry("rate_limited", RetryableException::wrap),
          Map.entry("unavailable", RetryableException::wrap),
          Map.entry("timeout", OperationTimeoutException::new),
          Map.entry("cancelled", OperationTimeoutException::new),
          Map.entry("permission_denied", PermissionDeniedException::new),
          Map.entry("not_found", UnknownUidException::new),
          Map.entry("already_exists", Failures::alreadyExists),
          Map.entry("invalid_attribute", Failures::invalidAttribute),
          Map.entry("password_policy", Failures::invalidAttribute),
          Map.entry("precondition_failed", PreconditionFailedException::new),
          Map.entry("partial", Failures::partial),
          Map.entry("conflict", RetryableException::wrap),
          Map.entry("login_failed", InvalidPasswordException::new),
          Map.entry("password_expired", Failures::passwordExpired));

  private Failures() {}

  /** The same failure in the framework's words. The message stays whole: hosts lose causes. */
  static RuntimeException of(ConnectorException failure) {
    return BY_KIND.getOrDefault(failure.kind(), Failures::other).apply(failure.getMessage(), failure);
  }

  private static RuntimeException other(String message, ConnectorException failure) {
    return new org.identityconnectors.framework.common.exceptions.ConnectorException(message, failure);
  }

  private static RuntimeException alreadyExists(String message, ConnectorException failure) {
    AlreadyExistsException exception = new AlreadyExistsException(message, failure);
    return failure.uid() == null ? exception : exception.initUid(new Uid(failure.uid()));
  }

  private static RuntimeException invalidAttribute(String message, ConnectorException failure) {
    InvalidAttributeValueException exception = new InvalidAttributeValueException(message, failure);
    Set<String> names = new LinkedHashSet<>(failure.attributes());
    if (failure instanceof ConnectorException.PasswordPolicy) {
      names.add(OperationalAttributes.PASSWORD_NAME);
    }
    exception.setAffectedAttributeNames(names);
    return exception;
  }

  private static RuntimeException partial(String message, ConnectorException failure) {
    return failure.uid() == null
        ? RetryableException.wrap(message, failure)
        : RetryableException.wrap(message, new Uid(failure.uid()));
  }

  private static RuntimeException passwordExpired(String message, ConnectorException failure) {
    PasswordExpiredException exception = new PasswordExpiredException(message, failure);
    return failure.uid() == null ? exception : exception.initUid(new Uid(failure.uid()));
  }
}
