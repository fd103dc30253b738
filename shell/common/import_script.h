// importFile of the scripting contract, for the page and the native shell alike: options in JSON, the whole import in one
// go, the answer {ok, total, created, updated, failed, failures_csv, undo_seq}. The wizard drives the same import in
// slices. Called by: shell/web/scripting.cpp, shell/native.
#pragma once

#include <string_view>

#include "core/workspace/workspace.h"

namespace outpost {

// `request`: {"object": "...", "options": {"map", "externalId", "createMissing", "dateOrder", "encoding", "delimiter"}}.
// `sequence` is what must be durable before the answer is given out; 0 when nothing was imported.
Json import_by_script(Workspace& workspace, Clock& clock, TextDecoder& decoder, std::string_view file_name, ByteSource& bytes, const Json& request,
                      Sequence& sequence);

}  // namespace outpost
