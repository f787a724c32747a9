/* Files with profiles of rules. */
#ifndef MN_COMMAND_PROFILES_H
#define MN_COMMAND_PROFILES_H

#include "command/options.h"
#include "explain/profile.h"

/* Writes the profile to a file, which appears whole or not at all. */
enum mn_status profile_save(const char *path, const struct mn_profile *profile, struct mn_error *error);

/* Reads files and merges what they count: *profile, the caller's to destroy. */
enum mn_status profiles_load(const struct option_list *paths, struct mn_profile **profile, struct mn_error *error);

#endif
