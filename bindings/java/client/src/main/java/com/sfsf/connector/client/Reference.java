package com.sfsf.connector.client;

import java.util.Objects;

/** A pointer to another object. */
public final class Reference {
  private final String objectClass;
  private final String uid;

  /** A pointer to the object of this class with this uid. */
  public Reference(String objectClass, String uid) {
    this.objectClass = Objects.requireNonNull(objectClass);
    this.uid = Objects.requireNonNull(uid);
  }

  /** The class of the object. */
  public String objectClass() {
    return objectClass;
  }

  /** Its uid. */
  public String uid() {
    return uid;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reference
        && ((Reference) other).objectClass.equals(objectClass)
        && ((Reference) other).uid.equals(uid);
  }

  @Override
  public int hashCode() {
    return Objects.hash(objectClass, uid);
  }

  @Override
  public String toString() {
    return objectClass + "/" + uid;
  }
}
