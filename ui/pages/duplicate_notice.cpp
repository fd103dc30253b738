#include "ui/pages/duplicate_notice.h"

#include <algorithm>

#include "core/base/job.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"
#include "ui/pages/merge_dialog.h"

namespace outpost {
namespace {

constexpr std::size_t shown_first = 3, found_max = 50;
constexpr std::int64_t slice_microseconds = 4000;

DuplicateCandidate typed_candidate(Context& context, ObjectIndex object, const std::vector<FieldDraft>& drafts) {
    DuplicateCandidate candidate;
    candidate.object = object;
    const bool compares = !compared_fields(duplicate_rules(context.records(), object == standard_object::account)).empty();
    for (const FieldDraft& draft : drafts) {
        if (object == standard_object::contact && draft.field == contact_field::account) {
            const std::optional<RecordId> id = parse_record_id(draft.text);
            if (const auto account = id ? context.records().find(*id) : std::nullopt) candidate.company = context.records().display_name(*account);
        } else if (std::string* text = text_of(candidate, draft.field)) {
            *text = draft.text;
        }
        const Object& of = context.schema().object(object);
        if (!compares || !of.has_field(draft.field)) continue;
        if (const auto value = draft_value(context, of, of.field(draft.field), draft)) set_compared(candidate, context.records(), of.field(draft.field), *value);
    }
    return candidate;
}

// What is looked for, and in which records.
std::uint64_t asked_of(Context& context, const DuplicateCandidate& candidate) {
    return hash_of(candidate) ^ context.workspace().revision() * 0x9E37'79B9'7F4A'7C15ull;
}

// "same Customer number, same VAT number", by the rule's fields.
std::string same_fields_text(Context& context, const Duplicate& duplicate) {
    const Object& object = context.schema().object(duplicate.record.object);
    std::string text;
    for (const DuplicateRule& rule : duplicate_rules(context.records(), duplicate.record.object == standard_object::account)) {
        if (rule.record != duplicate.rule) continue;
        for (const std::string& name : rule.fields) {
            const Field* field = object.find_field(name);
            text += (text.empty() ? std::string() : std::string(context.tr("ui.list.separator"))) + context.tr("ui.duplicates.same_field", {field ? field_label(context.messages(), object, *field) : name});
        }
    }
    return text;
}

}  // namespace

std::string duplicate_reasons_text(Context& context, const Duplicate& duplicate) {
    static constexpr std::string_view keys[] = {
        "ui.duplicates.same_email", "ui.duplicates.same_phone", "ui.duplicates.same_name", "ui.duplicates.similar_first_name", "ui.duplicates.similar_last_name",
        "ui.duplicates.names_swapped", "ui.duplicates.same_company", "ui.duplicates.similar_company", "ui.duplicates.same_email_domain", "ui.duplicates.same_title",
        "ui.duplicates.same_address", "ui.duplicates.same_website", "ui.duplicates.similar_name"};
    std::string text;
    for (const DuplicateReason reason : duplicate.reasons) {
        if (!text.empty()) text += context.tr("ui.list.separator");
        text += reason == DuplicateReason::SameField ? same_fields_text(context, duplicate) : std::string(context.tr(keys[static_cast<std::size_t>(reason)]));
    }
    text = context.tr("ui.duplicates.likeness", {std::to_string(duplicate.score), text});
    if (duplicate.rule) text += " · " + context.tr("ui.duplicates.by_rule", {context.records().display_name(duplicate.rule)});
    return text;
}

DuplicateNotice::DuplicateNotice(ObjectIndex object) : object_(object) {}

bool DuplicateNotice::look(Context& context, const std::vector<FieldDraft>& drafts) {
    return find(context, typed_candidate(context, object_, drafts));
}

bool DuplicateNotice::look(Context& context, RecordRef record) {
    const std::uint64_t revision = context.workspace().revision();
    if (record == of_ && revision == of_revision_) return count_ > 0;
    const DuplicateCandidate candidate = candidate_of(context.records(), record);
    find(context, candidate);
    if (asked_ != asked_of(context, candidate)) return false;   // the index is not there yet
    of_ = record;
    of_revision_ = revision;
    count_ = static_cast<std::size_t>(std::ranges::count_if(found_, [&](const Duplicate& duplicate) { return duplicate.record.object == object_; }));
    return count_ > 0;
}

bool DuplicateNotice::find(Context& context, const DuplicateCandidate& candidate) {
    const std::uint64_t asked = asked_of(context, candidate);
    if (asked == asked_) return !found_.empty();
    if (is_empty(candidate)) {
        found_.clear();
        asked_ = asked;
        return false;
    }
    SliceTimer slice(context.clock(), slice_microseconds);
    while (!refresh_duplicate_index(context.records(), object_, 64)) {
        if (!slice.is_over()) continue;
        context.request_frame();
        return !found_.empty();
    }
    found_ = find_duplicates(candidate, context.records(), found_max);
    asked_ = asked;
    return !found_.empty();
}

void DuplicateNotice::draw_banner(Context& context, RecordRef record) {
    if (kit::banner(context, "duplicates", context.count_text("ui.merge.found", count_), {.action = context.tr("ui.merge.compare")}) == 1)
        context.open_dialog(merge_address(context, {{record}}));
}

void DuplicateNotice::draw_record(Context& context, const Duplicate& duplicate) {
    kit::IdScope scope(context, std::uint64_t{number(duplicate.record.object)} << 32 | duplicate.record.row);
    const Object& object = context.schema().object(duplicate.record.object);
    const std::string address = routes::record(context.records().id_of(duplicate.record));
    const std::string company = candidate_of(context.records(), duplicate.record).company;
    // On a phone the reasons take all the room that there is.
    const bool says_company = duplicate.record.object != standard_object::account && !context.is_phone();
    const std::string name = record_title(context, duplicate.record), reasons = duplicate_reasons_text(context, duplicate);
    if (instead_ && duplicate.record.object == object_) {
        if (kit::list_item(context, "record", context.tr("ui.duplicates.take", {name}), {.detail = reasons, .icon = icon_of_object(object.name, object.icon)})) followed_ = address;
        return;
    }
    if (kit::list_item(context, "record", name,
                       {.detail = reasons, .right = object_label(context.messages(), object, false), .right_detail = says_company ? std::string_view(company) : std::string_view(),
                        .address = address, .icon = icon_of_object(object.name, object.icon), .asks_first = true}))
        followed_ = address;
}

void DuplicateNotice::draw(Context& context) {
    const std::string_view title = context.tr("ui.duplicates.title");
    if (!std::exchange(said_, true)) context.announce(context.count_text("ui.duplicates.found", found_.size()));
    kit::Card card(context, {.title = title, .gap = space::x1, .role = Role::Region, .name = title});
    {
        kit::Group list(context, Role::List, title);
        const std::size_t shown = all_ ? found_.size() : std::min(found_.size(), shown_first);
        for (std::size_t i = 0; i < shown; ++i) draw_record(context, found_[i]);
    }
    if (found_.size() <= shown_first || all_) return;
    kit::Row row(context);
    if (kit::button(context, "all", context.count_text("ui.duplicates.show_all", found_.size()), {.kind = kit::ButtonKind::Ghost, .small = true})) all_ = true;
}

}  // namespace outpost
