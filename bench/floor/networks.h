// Network objects of the floor: one bridge, and for each container a namespace with a virtual Ethernet pair, an address and a default route.
#include <errno.h>
#include <sys/resource.h>

// Prints the last error with a name and exits.
void fail(const char *what);

void make_networks(int count);
void remove_networks(int count);
