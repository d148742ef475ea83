/** The bundle for hosts of the ConnId framework, such as midPoint and Apache Syncope. */
package com.sfsf.connector;
