// Backup and restore of the whole database as one file: the snapshot's bytes. A backup is read as untrusted bytes before
// anything is replaced. Called by: the native shell, the page's scripting calls and settings.
#pragma once

#include <functional>

#include "core/workspace/workspace.h"

namespace outpost {

Bytes make_backup(Workspace& workspace);
// Replaces all that `storage` holds, of which `newest` is the workspace's applied sequence; the workspace must be opened
// anew afterwards. Gives the sequence of the restored state.
void restore_backup(Storage& storage, Sequence newest, ByteView backup, std::function<void(Result<Sequence>)> done);

}  // namespace outpost
