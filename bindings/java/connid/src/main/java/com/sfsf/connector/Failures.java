package com.sfsf.connector;

import com.sfsf.connector.client.ConnectorException;
import com.sfsf.connector.client.ErrorKind;
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
  private static final Map<ErrorKind, BiFunction<String, ConnectorException, RuntimeException>> BY_KIND =
      Map.ofEntries(
          Map.entry(ErrorKind.UNSUPPORTED, UnsupportedOperationException::new),
          Map.entry(ErrorKind.CONFIGURATION, ConfigurationException::new),
          Map.entry(ErrorKind.SERVICE_AUTH, ConnectionFailedException::new),
          Map.entry(ErrorKind.CONNECTION_FAILED, ConnectionFailedException::new),
          Map.entry(ErrorKind.CONNECTION_BROKEN, ConnectionBrokenException::new),
          Map.entry(ErrorKind.RATE_LIMITED, RetryableException::wrap),
          Map.entry(ErrorKind.UNAVAILABLE, RetryableException::wrap),
          Map.entry(ErrorKind.TIMEOUT, OperationTimeoutException::new),
          Map.entry(ErrorKind.CANCELLED, OperationTimeoutException::new),
          Map.entry(ErrorKind.PERMISSION_DENIED, PermissionDeniedException::new),
          Map.entry(ErrorKind.NOT_FOUND, UnknownUidException::new),
          Map.entry(ErrorKind.ALREADY_EXISTS, Failures::alreadyExists),
          Map.entry(ErrorKind.INVALID_ATTRIBUTE, Failures::invalidAttribute),
          Map.entry(ErrorKind.PASSWORD_POLICY, Failures::invalidAttribute),
          Map.entry(ErrorKind.PRECONDITION_FAILED, PreconditionFailedException::new),
          Map.entry(ErrorKind.PARTIAL, Failures::partial),
          Map.entry(ErrorKind.CONFLICT, RetryableException::wrap),
          Map.entry(ErrorKind.LOGIN_FAILED, InvalidPasswordException::new),
          Map.entry(ErrorKind.PASSWORD_EXPIRED, Failures::passwordExpired));

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
