#include "version.h"

const char *league_version(void) { return RELEASE_VERSION; }
