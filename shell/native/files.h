// What the file storage and the commands ask of the file system: writes that are whole, or known not to be.
// Invariant: what is said to be written is on the disk, not only on its way there. Where a call gives false, errno says
// why. Called by: file_storage and commands.
#pragma once

#include <string>

#include "core/base/ports.h"

namespace outpost {

// Closes the file, if it is open; errno stays that of the call before. Always false: for those who give up.
bool close_file(int& file);
bool write_whole(int file, ByteView bytes);
bool sync_folder(const std::string& folder);
// The file as it was or the new one, never half: written beside it as ".part", which doesn't stay when it fails. Makes
// the folder. A link stays a link. What is no file (a pipe, a terminal), or lies in a folder that takes no other file, is
// written to as it is.
bool replace_file(const std::string& path, ByteView bytes);

}  // namespace outpost
