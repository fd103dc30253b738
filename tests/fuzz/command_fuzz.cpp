// Any bytes as a command: JSON that parses writes and parses again to the same; a command is done or refused with a
// code and words; what was done is undone and done again. Commands build on what the ones before left, as scripts do.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tests/support/fake_ports.h"

using namespace outpost;

namespace {

bool is_ok(const Json& answer) { return answer.boolean_or("ok", false); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const Result<Json> json = parse_json(text);
    if (!json) return 0;
    const std::string written = json->dump();
    const Result<Json> again = parse_json(written);
    OUTPOST_ASSERT(again && again->dump() == written);

    static std::unique_ptr<testing::TestWorkspace> test;
    static int commands = 0;
    if (!test || ++commands % 256 == 0) {
        test = std::make_unique<testing::TestWorkspace>();
        test->create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme"}})");
        test->create(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "Li", "Company": "Acme"}})");
    }
    Workspace& workspace = test->workspace;
    const Sequence before = workspace.applied_sequence();
    const Json answer = test->run(text);
    OUTPOST_ASSERT(parse_json(answer.dump()).has_value());
    if (!is_ok(answer)) {
        const Json* error = answer.find("error");
        OUTPOST_ASSERT(error && !error->text_or("code", "").empty() && !error->text_or("message", "").empty());
        OUTPOST_ASSERT(workspace.applied_sequence() == before);
        return 0;
    }
    if (workspace.applied_sequence() == before) return 0;
    // The command itself may have been an undo or a redo.
    if (!workspace.editor().undo_stack().can_undo()) return 0;
    OUTPOST_ASSERT(is_ok(test->run(R"({"command": "Undo"})")));
    OUTPOST_ASSERT(is_ok(test->run(R"({"command": "Redo"})")));
    return 0;
}
