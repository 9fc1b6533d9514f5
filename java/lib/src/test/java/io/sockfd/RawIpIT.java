package io.sockfd;

class RawIpIT {}
