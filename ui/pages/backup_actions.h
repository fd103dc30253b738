// Saving the database as a file, and putting such a file in its place.
// Called by: settings, the start page.
#pragma once

#include "ui/context.h"

namespace outpost {

void save_backup(Context& context);
// Asks for the file, says what is replaced, and loads the page anew.
void restore_backup_file(Context& context);

}  // namespace outpost
