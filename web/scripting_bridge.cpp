#include "web/scripting_bridge.h"

#include <emscripten/emscripten.h>

#include "web/browser.h"
#include "web/page_calls.h"
#include "web/platform_parts.h"

namespace outpost {
namespace {

enum Call { call_execute, call_query, call_describe, call_import, call_export, call_backup, call_restore, call_other };

void answer(int ticket, std::string_view json, std::string_view bytes = {}) {
    outpost_js_script_answer(ticket, json.data(), length_of(json), bytes.data(), static_cast<double>(bytes.size()));
}

// Gives the answer when the storage has made its sequence durable.
void answer_when_durable(PlatformParts& parts, int ticket, ScriptAnswer reply) {
    if (reply.await_sequence == 0 || parts.storage.durable_sequence() >= reply.await_sequence)
        return answer(ticket, reply.json);
    parts.waiting_answers.push_back({ticket, std::move(reply)});
}

void run_call(PlatformParts& parts, int call, int ticket, std::string text, std::string options, int buffer) {
    ScriptingHandler& handler = *parts.scripting;
    const auto later = [&parts, ticket](ScriptAnswer reply) {
        parts.storage.flush();
        answer_when_durable(parts, ticket, std::move(reply));
    };
    const auto with_bytes = [ticket](std::string json, std::string bytes) { answer(ticket, json, bytes); };
    std::shared_ptr<ByteSource> bytes;
    if (buffer) bytes = std::make_shared<BufferSource>(buffer);
    switch (call) {
        case call_execute: later(handler.execute(text)); break;
        case call_query: {
            const ScriptRows rows = handler.query(text);
            if (!rows.json.empty()) answer(ticket, rows.json);
            else outpost_js_script_columns(ticket, rows.columns.data());
            break;
        }
        case call_describe: answer(ticket, handler.describe(text)); break;
        case call_import: handler.import_file(text, std::move(bytes), options, later); break;
        case call_export: handler.export_data(text, with_bytes); break;
        case call_backup: handler.backup(with_bytes); break;
        case call_restore: handler.restore(std::move(bytes), later); break;
        case call_other: handler.call(text, options, later); break;
    }
    if (call != call_query && call != call_describe) outpost_js_request_frame_soon();
}

}  // namespace

void give_waiting_answers(PlatformParts& parts) {
    auto waiting = std::exchange(parts.waiting_answers, {});
    for (auto& [ticket, reply] : waiting) answer_when_durable(parts, ticket, std::move(reply));
}

void refuse_waiting_answers(PlatformParts& parts) {
    if (!parts.scripting) return;
    const ScriptAnswer refusal = parts.scripting->give_up();
    for (const auto& [ticket, reply] : std::exchange(parts.waiting_answers, {})) answer(ticket, refusal.json);
}

}  // namespace outpost

extern "C" EMSCRIPTEN_KEEPALIVE void outpost_on_script_call(int call, int ticket, char* text, char* options, int buffer) {
    outpost::PlatformParts* parts = outpost::PlatformParts::active;
    std::string first = outpost::take_text(text), second = outpost::take_text(options);
    if (parts && parts->scripting) outpost::run_call(*parts, call, ticket, std::move(first), std::move(second), buffer);
}
