/** IP addresses and ports: what text means one, and which may be visited. Pure. */
package dev.certtide.model.address;
