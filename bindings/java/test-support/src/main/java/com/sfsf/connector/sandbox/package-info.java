/** A tenant for tests. */
package com.sfsf.connector.sandbox;
