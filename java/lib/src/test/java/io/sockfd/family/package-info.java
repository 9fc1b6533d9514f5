/**
 * Address families that many kernels lack, each against a peer that is not this library. The tests run wherever a kernel
 * has the family; {@code VirtualMachineIT} runs them all on one that does.
 */
@org.jspecify.annotations.NullMarked
package io.sockfd.family;
