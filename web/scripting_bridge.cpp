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

template <typename T>
void put(std::string& data, const std::vector<T>& values, std::vector<std::int32_t>& layout) {
    data.resize((data.size() + 7) & ~std::size_t{7});  // typed arrays must start at a multiple of their size
    layout.push_back(static_cast<std::int32_t>(data.size()));
    layout.push_back(static_cast<std::int32_t>(values.size()));
    data.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

void put(std::string& data, std::string_view text, std::vector<std::int32_t>& layout) {
    layout.push_back(static_cast<std::int32_t>(data.size()));
    layout.push_back(static_cast<std::int32_t>(text.size()));
    data += text;
}

// One buffer of all columns, and a list of where each part lies in it (web/scripting.js reads the same order).
void answer_table(int ticket, const ScriptTable& table) {
    std::vector<std::int32_t> layout;
    std::string data;
    layout.push_back(static_cast<std::int32_t>(table.total));
    layout.push_back(static_cast<std::int32_t>(table.rows));
    layout.push_back(static_cast<std::int32_t>(table.columns.size()));
    put(data, table.object, layout);
    put(data, table.extra_json, layout);
    for (const ScriptColumn& column : table.columns) {
        layout.push_back(static_cast<std::int32_t>(column.kind));
        put(data, column.path, layout);
        put(data, column.numbers, layout);
        put(data, column.offsets, layout);
        put(data, column.words, layout);
        put(data, column.booleans, layout);
        put(data, column.nulls, layout);
        put(data, column.arena, layout);
    }
    outpost_js_script_table(ticket, layout.data(), static_cast<int>(layout.size()), data.data(),
                            static_cast<double>(data.size()));
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
            const ScriptTable table = handler.query(text);
            if (!table.json.empty()) answer(ticket, table.json);
            else answer_table(ticket, table);
            break;
        }
        case call_describe: answer(ticket, handler.describe(text)); break;
        case call_import: handler.import_file(text, std::move(bytes), options, later); break;
        case call_export: handler.export_data(text, with_bytes); break;
        case call_backup: handler.backup(with_bytes); break;
        case call_restore: handler.restore(std::move(bytes), later); break;
        case call_other: handler.call(text, options, later); break;
    }
    if (call != call_query && call != call_describe) parts.request_frame();
}

}  // namespace

void give_waiting_answers(PlatformParts& parts) {
    auto waiting = std::exchange(parts.waiting_answers, {});
    for (auto& [ticket, reply] : waiting) answer_when_durable(parts, ticket, std::move(reply));
}

}  // namespace outpost

extern "C" EMSCRIPTEN_KEEPALIVE void outpost_on_script_call(int call, int ticket, char* text, char* options, int buffer) {
    outpost::PlatformParts* parts = outpost::PlatformParts::active;
    std::string first = outpost::take_text(text), second = outpost::take_text(options);
    if (parts && parts->scripting) outpost::run_call(*parts, call, ticket, std::move(first), std::move(second), buffer);
}
