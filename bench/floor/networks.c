// Network objects through rtnetlink, without a process of `ip`. Messages are built in place: compile with -fno-strict-aliasing.
#define _GNU_SOURCE
#include "networks.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

static const char bridge[] = "floor0", gateway[] = "10.99.0.1";
static const int prefix = 16;

void fail(const char *what) {
  perror(what);
  exit(1);
}

struct message {
  struct nlmsghdr header;
  char body[1024];
};

static void *end_of(struct message *m) { return (char *)m + NLMSG_ALIGN(m->header.nlmsg_len); }

static const int creates = NLM_F_CREATE | NLM_F_EXCL;

static struct message new_message(int type, int flags, const void *body, size_t length) {
  struct message m = {.header = {.nlmsg_len = NLMSG_LENGTH(0), .nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags}};
  memcpy(end_of(&m), body, length);
  m.header.nlmsg_len += length;
  return m;
}

static struct rtattr *attribute(struct message *m, int type, const void *value, size_t length) {
  struct rtattr *one = end_of(m);
  one->rta_type = type;
  one->rta_len = RTA_LENGTH(length);
  if (length > 0) memcpy(RTA_DATA(one), value, length);
  m->header.nlmsg_len = NLMSG_ALIGN(m->header.nlmsg_len) + RTA_ALIGN(one->rta_len);
  return one;
}

static void close_nested(struct message *m, struct rtattr *nested) { nested->rta_len = (char *)end_of(m) - (char *)nested; }

static int open_netlink(void) {
  int socket_ = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (socket_ < 0) fail("netlink");
  return socket_;
}

static void request(int netlink, struct message m, const char *what) {
  char answer[8192];
  if (send(netlink, &m, m.header.nlmsg_len, 0) < 0 || recv(netlink, answer, sizeof answer, 0) < 0) fail(what);
  struct nlmsghdr *header = (struct nlmsghdr *)answer;
  errno = header->nlmsg_type == NLMSG_ERROR ? -((struct nlmsgerr *)NLMSG_DATA(header))->error : 0;
  if (errno != 0) fail(what);
}

static const struct ifinfomsg up = {.ifi_flags = IFF_UP, .ifi_change = IFF_UP};

static void set_up(int netlink, int link) {
  struct ifinfomsg info = up;
  info.ifi_index = link;
  request(netlink, new_message(RTM_NEWLINK, 0, &info, sizeof info), "link up");
}

static void add_address(int netlink, int link, in_addr_t address) {
  struct ifaddrmsg info = {.ifa_family = AF_INET, .ifa_prefixlen = prefix, .ifa_index = link};
  struct message m = new_message(RTM_NEWADDR, creates, &info, sizeof info);
  attribute(&m, IFA_LOCAL, &address, sizeof address);
  attribute(&m, IFA_ADDRESS, &address, sizeof address);
  request(netlink, m, "address");
}

static void add_default_route(int netlink) {
  struct rtmsg info = {.rtm_family = AF_INET, .rtm_table = RT_TABLE_MAIN, .rtm_protocol = RTPROT_STATIC, .rtm_type = RTN_UNICAST};
  struct message m = new_message(RTM_NEWROUTE, creates, &info, sizeof info);
  in_addr_t via = inet_addr(gateway);
  attribute(&m, RTA_GATEWAY, &via, sizeof via);
  request(netlink, m, "route");
}

static void add_bridge(int netlink) {
  struct message m = new_message(RTM_NEWLINK, creates, &up, sizeof up);
  attribute(&m, IFLA_IFNAME, bridge, sizeof bridge);
  struct rtattr *link = attribute(&m, IFLA_LINKINFO, NULL, 0);
  attribute(&m, IFLA_INFO_KIND, "bridge", 7);
  close_nested(&m, link);
  request(netlink, m, "bridge");
}

// One end is on the bridge, the other one is eth0 (index 2) of a namespace.
static void add_pair(int netlink, const char *name, int master, int namespace) {
  struct message m = new_message(RTM_NEWLINK, creates, &up, sizeof up);
  attribute(&m, IFLA_IFNAME, name, strlen(name) + 1);
  attribute(&m, IFLA_MASTER, &master, sizeof master);
  struct rtattr *link = attribute(&m, IFLA_LINKINFO, NULL, 0);
  attribute(&m, IFLA_INFO_KIND, "veth", 5);
  struct rtattr *data = attribute(&m, IFLA_INFO_DATA, NULL, 0);
  struct rtattr *peer = attribute(&m, VETH_INFO_PEER, NULL, 0);
  struct ifinfomsg info = {.ifi_index = 2};
  memcpy(end_of(&m), &info, sizeof info);
  m.header.nlmsg_len += sizeof info;
  attribute(&m, IFLA_IFNAME, "eth0", 5);
  attribute(&m, IFLA_NET_NS_FD, &namespace, sizeof namespace);
  close_nested(&m, peer);
  close_nested(&m, data);
  close_nested(&m, link);
  request(netlink, m, "veth");
}

static char *namespace_path(int i) {
  static char name[64];
  sprintf(name, "/run/netns/floor%d", i);
  return name;
}

// Makes a namespace with a name; this process stays in it until it returns to its own one.
static int add_namespace(int i) {
  char *name = namespace_path(i);
  close(open(name, O_RDONLY | O_CREAT | O_CLOEXEC, 0));
  if (unshare(CLONE_NEWNET) || mount("/proc/self/ns/net", name, NULL, MS_BIND, NULL)) fail(name);
  return open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
}

void make_networks(int count) {
  int netlink = open_netlink(), own = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  add_bridge(netlink);
  int master = if_nametoindex(bridge);
  add_address(netlink, master, inet_addr(gateway));
  for (int i = 0; i < count; i++) {
    int namespace = add_namespace(i), inside = open_netlink();
    char name[IFNAMSIZ];
    sprintf(name, "fl%d", i);
    add_pair(netlink, name, master, namespace);
    set_up(inside, 1);
    set_up(inside, 2);
    add_address(inside, 2, htonl(ntohl(inet_addr(gateway)) + 1 + i));
    add_default_route(inside);
    close(inside);
    close(namespace);
  }
  if (setns(own, CLONE_NEWNET)) fail("setns");
}

static void delete_link(int netlink, const char *name) {
  struct ifinfomsg info = {0};
  struct message m = new_message(RTM_DELLINK, 0, &info, sizeof info);
  attribute(&m, IFLA_IFNAME, name, strlen(name) + 1);
  request(netlink, m, "delete link");
}

void remove_networks(int count) {
  int netlink = open_netlink();
  for (int i = 0; i < count; i++) {
    char name[IFNAMSIZ];
    sprintf(name, "fl%d", i);
    delete_link(netlink, name);
    if (umount2(namespace_path(i), MNT_DETACH) || unlink(namespace_path(i))) fail("netns");
  }
  delete_link(netlink, bridge);
}
