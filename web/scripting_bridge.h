// ScriptingHandler: what window.outpost asks of the workspace. web turns calls of the page's scripts into these
// calls and their answers into promises; the shell implements it over the workspace.
// Invariant: an answer that names a sequence is given to the page only when storage says that it is durable.
// Called by: web/scripting_bridge.cpp; implemented by shell/web.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ports.h"
#include "core/base/types.h"

namespace outpost {

struct ScriptAnswer {
    std::string json;          // the whole answer, as the scripting contract has it
    Sequence await_sequence{}; // the promise resolves when this is durable; 0: at once
};

// A query's answer: JSON, or by columns in the layout of core/query/columns_answer.h, which web/scripting.js reads. For
// many rows columns are far cheaper than JSON.
struct ScriptRows {
    std::string json;                     // used instead of the columns when not empty: errors, queries within SELECT
    std::vector<std::uint8_t> columns;
};

class ScriptingHandler {
public:
    virtual ~ScriptingHandler() = default;
    virtual ScriptAnswer execute(std::string_view command_json) = 0;
    virtual ScriptRows query(std::string_view soql) = 0;
    virtual std::string describe(std::string_view object) = 0;  // "" lists the objects
    // `options_json` has object and options. `bytes` stay readable until `done`, which may be called later.
    virtual void import_file(std::string_view name, std::shared_ptr<ByteSource> bytes, std::string_view options_json,
                             std::function<void(ScriptAnswer)> done) = 0;
    // Calls done(json, bytes): bytes become a Uint8Array in the answer's `bytes` when not empty.
    virtual void export_data(std::string_view options_json,
                             std::function<void(std::string json, std::string bytes)> done) = 0;
    virtual void backup(std::function<void(std::string json, std::string bytes)> done) = 0;
    virtual void restore(std::shared_ptr<ByteSource> bytes, std::function<void(ScriptAnswer)> done) = 0;
    // The store is another page's now: what would change records is refused from here on. Gives that refusal.
    virtual ScriptAnswer give_up() = 0;
    // Any other call of window.outpost.call(name, json): for the page's own tools (verify, sample data).
    virtual void call(std::string_view name, std::string_view json, std::function<void(ScriptAnswer)> done) = 0;
};

}  // namespace outpost
