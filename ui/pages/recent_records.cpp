#include "ui/pages/recent_records.h"

#include <string>

#include "core/base/text.h"

namespace outpost {
namespace {

constexpr std::string_view setting_name = "recent";
constexpr std::size_t kept_max = 40;   // of all objects together

}  // namespace

void remember_visit(Context& context, RecordRef record) {
    const std::string id = to_text(context.records().id_of(record));
    const std::string before = context.setting(setting_name);
    std::string kept = id;
    std::size_t count = 1;
    for (const std::string_view other : split(before, ' ')) {
        if (other.empty() || other == id || ++count > kept_max) continue;
        (kept += ' ') += other;
    }
    if (kept != before) context.set_setting(setting_name, kept);
}

std::vector<RecordRef> recent_records(Context& context) {
    std::vector<RecordRef> recent;
    const std::string kept = context.setting(setting_name);
    for (const std::string_view word : split(kept, ' ')) {
        const std::optional<RecordId> id = parse_record_id(word);
        const std::optional<RecordRef> record = id ? context.records().find(*id) : std::nullopt;
        if (record && context.schema().has_object(record->object) && context.records().table(record->object).is_live(record->row)) recent.push_back(*record);
    }
    return recent;
}

}  // namespace outpost
