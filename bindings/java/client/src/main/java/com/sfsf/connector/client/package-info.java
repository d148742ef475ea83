/**
 * The SAP SuccessFactors connector for identity products.
 *
 * <pre>{@code
 * try (Connection connection = Connection.open(NativeTransport.load(), configuration);
 *     ObjectStream people = connection.search(new SearchRequest("User").filter("status eq 't'"))) {
 *   for (ConnectorObject person : people) {
 *     System.out.println(person.uid() + " " + person.first("email"));
 *   }
 * }
 * }</pre>
 *
 * Everything that can be asked for is a method of {@link com.sfsf.connector.client.Connection}; every failure is a {@link
 * com.sfsf.connector.client.ConnectorException}, of the subclass that its kind names.
 */
package com.sfsf.connector.client;
