#include "ui/pages/merge_dialog.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/base/job.h"
#include "core/base/text.h"
#include "core/matching/duplicates.h"
#include "core/objects/object_words.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/default_layout.h"
#include "ui/pages/duplicate_notice.h"
#include "ui/pages/field_view.h"
#include "ui/pages/record_actions.h"

namespace outpost {

namespace {

constexpr std::size_t offered_max = 10;
constexpr std::int64_t slice_microseconds = 4000;

bool is_chosen_by_hand(const Field& field) {
    if (field.deleted || field.hidden || field.system || field.name.empty()) return false;
    return has_parts(field) || (field.compound.empty() && field.writable());
}

bool is_nothing(const Value& value) {
    if (const auto* on = std::get_if<bool>(&value)) return !*on;
    if (const auto* text = std::get_if<std::string>(&value)) return text->empty();
    return std::holds_alternative<std::monostate>(value);
}

class MergeDialog final : public Dialog {
public:
    MergeDialog(Context& context, std::vector<RecordRef> records, std::function<void()> done) : object_(records[0].object), done_(std::move(done)) {
        searching_ = records.size() == 1;
        for (const RecordRef record : records) candidates_.push_back({record, true, {}});
        if (!searching_) choose_fullest(context);
        rebuild(context);
    }

    std::string title(Context& context) override {
        if (finds_none()) return context.tr("ui.merge.none_title", {record_title(context, candidates_[0].record)});
        return context.tr("ui.merge.title", {object_words(context.messages(), context.schema().object(object_), true)});
    }
    float width() const override { return 640; }

    void draw(Context& context) override {
        if (searching_) look(context);
        if (revision_ != context.workspace().revision() && !working_) renew(context);
        if (candidates_.empty()) return;
        if (!error_.empty()) kit::banner(context, "error", error_, {.tone = Tone::Danger});
        if (candidates_.size() == 1) {
            kit::text(context, context.tr(searching_ ? "ui.merge.looking" : "ui.merge.none"), {.ink = kit::Ink::Secondary, .wrap = true});
            return;
        }
        draw_records(context);
        if (merged_.size() < 2) return;
        draw_master(context);
        draw_choices(context);
    }

    void draw_footer(Context& context) override {
        if (kit::button(context, "cancel", context.tr(finds_none() ? "kit.close" : "ui.form.cancel"))) close();
        if (finds_none()) return;
        const std::string label = merged_.size() < 2 ? std::string(context.tr("ui.merge.merge")) : context.count_text("ui.merge.merge_count", merged_.size());
        if (kit::button(context, "merge", label, {.kind = kit::ButtonKind::Primary, .icon = Icon::Merge, .disabled = merged_.size() < 2, .busy = working_, .shortcut = "Ctrl+Enter"}))
            merge(context);
    }

private:
    bool finds_none() const { return candidates_.size() == 1 && !searching_; }

    struct Candidate { RecordRef record; bool ticked = false; std::string reasons; };
    // What one field, or an address with its parts, becomes. `from`: the first record that has the value.
    struct FieldChoice {
        std::string label;
        std::vector<FieldIndex> fields;
        std::vector<std::string> values;
        std::vector<RecordRef> from;
        int chosen = 0;
    };

    // The record's duplicates: the likeliest one is ticked.
    void look(Context& context) {
        SliceTimer slice(context.clock(), slice_microseconds);
        while (!refresh_duplicate_index(context.records(), object_, 64)) {
            if (!slice.is_over()) continue;
            context.request_frame();
            return;
        }
        searching_ = false;
        for (const Duplicate& duplicate : find_duplicates(candidate_of(context.records(), candidates_[0].record), context.records(), offered_max)) {
            if (duplicate.record.object != object_ || is_read_only(context, duplicate.record)) continue;
            candidates_.push_back({duplicate.record, candidates_.size() == 1, duplicate_reasons_text(context, duplicate)});
        }
        rebuild(context);
    }

    // Something was edited elsewhere meanwhile: what is gone is no longer offered.
    void renew(Context& context) {
        std::erase_if(candidates_, [&](const Candidate& candidate) { return is_read_only(context, candidate.record); });
        if (candidates_.empty()) close();
        else rebuild(context);
    }

    std::size_t filled_count(Context& context, RecordRef record) const {
        const Object& object = context.schema().object(object_);
        return static_cast<std::size_t>(std::ranges::count_if(object.fields, [&](const Field& field) {
            return is_chosen_by_hand(field) && !is_nothing(context.records().value(record, field.index));
        }));
    }

    // At first the one that has most to say stays, the oldest of several.
    void choose_fullest(Context& context) {
        const auto fullest = std::ranges::max_element(candidates_, {}, [&](const Candidate& candidate) { return filled_count(context, candidate.record); });
        std::rotate(candidates_.begin(), fullest, fullest + 1);
    }

    void rebuild(Context& context) {
        revision_ = context.workspace().revision();
        merged_.clear();
        for (const Candidate& candidate : candidates_)
            if (candidate.ticked) merged_.push_back(candidate.record);
        if (master_ >= static_cast<int>(merged_.size())) master_ = 0;
        choices_.clear();
        names_.clear();
        details_.clear();
        for (const RecordRef record : merged_) {
            names_.push_back(record_title(context, record));
            details_.push_back(record_detail(context, record));
        }
        if (merged_.size() < 2) return;
        const Object& object = context.schema().object(object_);
        for (const Field& field : object.fields)
            if (is_chosen_by_hand(field)) add_choice(context, object, field);
    }

    // A lookup to one of the merged records would point at the record itself.
    Value value_of(Context& context, RecordRef record, FieldIndex field) const {
        Value value = context.records().value(record, field);
        const auto* target = std::get_if<RecordRef>(&value);
        return target && std::ranges::find(merged_, *target) != merged_.end() ? Value{} : value;
    }

    void add_choice(Context& context, const Object& object, const Field& field) {
        FieldChoice choice{field_label(context.messages(), object, field), {field.index}, {}, {}, 0};
        if (has_parts(field)) choice.fields = address_parts(object, field);
        std::vector<std::vector<Value>> seen;
        int filled = -1;
        const RecordRef master = merged_[static_cast<std::size_t>(master_)];
        for (const RecordRef record : merged_) {
            std::vector<Value> values;
            for (const FieldIndex part : choice.fields) values.push_back(value_of(context, record, part));
            const bool nothing = std::ranges::all_of(values, is_nothing);
            const auto known = std::ranges::find(seen, values);
            const int at = static_cast<int>(known - seen.begin());
            if (known == seen.end()) {
                seen.push_back(std::move(values));
                choice.from.push_back(record);
                choice.values.push_back(nothing && field.type != FieldType::Checkbox ? std::string(context.tr("ui.merge.empty")) : field_words(context, record, field));
            }
            if (record == master && !nothing) filled = choice.chosen = at;
            else if (!nothing && filled < 0) filled = choice.chosen = at;
        }
        if (seen.size() < 2) return;
        if (const auto picked = picked_.find(number(choice.fields[0])); picked != picked_.end())
            for (std::size_t at = 0; at < choice.from.size(); ++at)
                if (choice.from[at] == picked->second) choice.chosen = static_cast<int>(at);
        choices_.push_back(std::move(choice));
    }

    std::string record_detail(Context& context, RecordRef record) const {
        const Records& records = context.records();
        const Object& object = context.schema().object(object_);
        std::string detail;
        const auto add = [&](std::string_view words) {
            if (!words.empty()) detail.append(detail.empty() ? "" : " · ").append(words);
        };
        for (const FieldIndex field : default_layout(object, context.schema(), context.messages()).card_detail) add(field_words(context, record, object.field(field)));
        std::size_t related = 0;
        for (const Schema::ChildRelationship& child : context.schema().children_of(object_)) related += records.children(child.object, child.field, record).size();
        add(context.count_text("ui.merge.related", related));
        const Value created = records.value(record, system_field::created_date);
        if (const auto* instant = std::get_if<InstantValue>(&created))
            add(context.tr("ui.merge.created", {context.locale().format_date(day_of_instant(instant->milliseconds, context.clock().utc_offset_minutes(instant->milliseconds)))}));
        return detail;
    }

    // Which ones: only where there are more than are merged.
    void draw_records(Context& context) {
        if (candidates_.size() < 2 || (candidates_.size() == merged_.size() && candidates_[1].reasons.empty())) return;
        kit::Column column(context, {.gap = space::x1});
        kit::heading(context, 2, context.tr("ui.merge.which"), {.style = TextStyle::BodyStrong});
        bool changed = false;
        for (std::size_t at = 1; at < candidates_.size(); ++at) {
            Candidate& candidate = candidates_[at];
            kit::IdScope scope(context, candidate.record.row);
            changed |= kit::checkbox(context, "with", record_title(context, candidate.record), candidate.ticked,
                                     {.description = candidate.reasons, .disabled = !candidate.ticked && merged_.size() >= merged_max});
        }
        if (changed) rebuild(context);
    }

    void draw_master(Context& context) {
        std::vector<kit::RadioChoice> choices;
        for (std::size_t at = 0; at < names_.size(); ++at) choices.push_back({names_[at], details_[at]});
        kit::Column column(context, {.gap = space::x1});
        kit::heading(context, 2, context.tr("ui.merge.master"), {.style = TextStyle::BodyStrong});
        if (kit::radio_group(context, "master", context.tr("ui.merge.master"), choices, master_, true)) rebuild(context);
        kit::help_text(context, context.count_text("ui.merge.help", names_.size() - 1));
    }

    void draw_choices(Context& context) {
        if (choices_.empty()) return;
        kit::divider(context);
        kit::heading(context, 2, context.tr("ui.merge.fields"), {.style = TextStyle::BodyStrong});
        kit::FormGrid grid(context, {.column_min = 240});
        for (FieldChoice& choice : choices_) {
            kit::IdScope scope(context, number(choice.fields[0]));
            std::vector<kit::RadioChoice> values;
            for (const std::string& value : choice.values) values.push_back({value});
            if (choice.fields.size() > 1) grid.full_width();   // an address
            if (kit::radio_group(context, "value", choice.label, values, choice.chosen))
                picked_[number(choice.fields[0])] = choice.from[static_cast<std::size_t>(choice.chosen)];
        }
    }

    void merge(Context& context) {
        if (working_ || merged_.size() < 2) return;
        MergeRecords command{object_, merged_[static_cast<std::size_t>(master_)], {}, {}};
        for (const RecordRef record : merged_)
            if (record != command.master) command.others.push_back(record);
        for (const FieldChoice& choice : choices_)
            for (const FieldIndex field : choice.fields)
                if (Value value = value_of(context, choice.from[static_cast<std::size_t>(choice.chosen)], field); value != context.records().value(command.master, field))
                    command.fields.push_back({field, std::move(value)});
        working_ = true;
        error_.clear();
        SubmitOptions options{.toast = context.count_text("ui.merge.merged", merged_.size()), .silent_errors = true};
        context.submit(command, [this, &context, master = command.master, others = command.others, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
            if (alive.expired()) return;
            working_ = false;
            if (!outcome) {
                error_ = context.error_text(outcome.error());
                return;
            }
            close();
            if (done_) done_();
            const std::optional<RecordId> here = context.route().segment(0) == "r" ? parse_record_id(context.route().segment(1)) : std::nullopt;
            for (const RecordRef other : others)
                if (here == context.records().id_of(other)) context.replace_route(routes::record(context.records().id_of(master)));
        }, std::move(options));
    }

    ObjectIndex object_;
    std::function<void()> done_;
    std::vector<Candidate> candidates_;
    std::vector<RecordRef> merged_;
    std::vector<std::string> names_, details_;             // of merged_
    int master_ = 0;                                       // of merged_
    std::vector<FieldChoice> choices_;
    std::map<std::uint16_t, RecordRef> picked_;            // by hand: whose value a field takes; an address by its first part
    std::uint64_t revision_ = 0;
    std::string error_;
    bool searching_ = false, working_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace

bool can_merge(Context& context, ObjectIndex object) {
    const Object& of = context.schema().object(object);
    return has_duplicate_rules(object) || (!of.standard && !of.hidden);
}

std::string merge_address(Context& context, std::span<const RecordRef> records) {
    std::string address = "merge:";
    for (const RecordRef record : records) address.append(address.back() == ':' ? "" : ",").append(to_text(context.records().id_of(record)));
    return address;
}

std::unique_ptr<Dialog> make_merge_dialog(Context& context, std::string_view ids, std::function<void()> done) {
    std::vector<RecordRef> records;
    for (const std::string_view text : split(ids, ',')) {
        const std::optional<RecordId> id = parse_record_id(text);
        const std::optional<RecordRef> record = id ? context.records().find(*id) : std::nullopt;
        if (!record || !can_merge(context, record->object) || is_read_only(context, *record)) return nullptr;
        if (!records.empty() && record->object != records[0].object) return nullptr;
        if (std::ranges::find(records, *record) == records.end()) records.push_back(*record);
    }
    if (records.empty() || records.size() > merged_max) return nullptr;
    return std::make_unique<MergeDialog>(context, std::move(records), std::move(done));
}

}  // namespace outpost
