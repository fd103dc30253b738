#include "ui/pages/timeline_changes.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/pages/field_view.h"

namespace outpost {

namespace {

constexpr Sequence first_groups = 256;     // read at once
constexpr std::size_t first_bytes_max = 64 * 1024;   // of each
constexpr std::size_t lines_max = 4000;

// What the timeline tells as an item of its own: a move to another stage with what follows from it, the conversion.
bool is_told_otherwise(const Field& field, bool moved) {
    if (!field.writable()) return true;
    return moved && (field.index == opportunity_field::stage || field.index == opportunity_field::probability || field.index == opportunity_field::forecast_category);
}

std::string value_words(Context& context, const Object& object, const Field& field, const Value& value) {
    if (is_null(value)) return std::string(context.tr("ui.history.empty"));
    if (const auto* on = std::get_if<bool>(&value)) return std::string(context.tr(*on ? "ui.field.yes" : "ui.field.no"));
    return show_value(context, object, field, value).text;
}

// The edits that the lines tell, newest first; not the creation, with the values that it brought.
std::vector<FieldEdit> edits_of(const Object& object, const std::vector<RecordHistoryLine>& lines) {
    std::vector<FieldEdit> edits;
    for (auto begin = lines.begin(); begin != lines.end();) {
        const auto end = std::find_if(begin, lines.end(), [&](const RecordHistoryLine& line) { return line.sequence != begin->sequence; });
        FieldEdit edit{begin->time, begin->user, {}};
        const bool only_fields = std::all_of(begin, end, [](const RecordHistoryLine& line) { return line.event == RecordEvent::FieldChanged; });
        const bool moved = object.index == standard_object::opportunity &&
                           std::any_of(begin, end, [](const RecordHistoryLine& line) { return line.field == opportunity_field::stage; });
        for (auto line = end; only_fields && line != begin;) {
            --line;
            const Field& field = object.fields[number(line->field)];
            if (is_told_change(field) && !is_told_otherwise(field, moved)) edit.lines.push_back({line->field, line->before, line->after});
        }
        if (!edit.lines.empty()) edits.push_back(std::move(edit));
        begin = end;
    }
    return edits;
}

}  // namespace

bool is_told_change(const Field& field) {
    return !field.hidden && field.index != system_field::last_modified_date && field.index != system_field::last_modified_by &&
           field.index != system_field::created_date && field.index != system_field::created_by;
}

std::string changed_label(Context& context, const Object& object, const Field& field) {
    constexpr std::string_view sign = " (%)";
    std::string label = field_label(context.messages(), object, field);
    if (field.type == FieldType::Percent && label.ends_with(sign)) label.resize(label.size() - sign.size());
    return label;
}

std::string change_words(Context& context, const Object& object, const Field& field, const Value& before, const Value& after) {
    const std::string label = changed_label(context, object, field), now = value_words(context, object, field, after);
    return is_null(before) ? context.tr("ui.history.set", {label, now}) : context.tr("ui.history.changed", {label, value_words(context, object, field, before), now});
}

std::string values_words(Context& context, const Object& object, const Field& field, const Value& before, const Value& after) {
    const std::string now = value_words(context, object, field, after);
    return is_null(before) ? now : context.tr("ui.timeline.from_to", {value_words(context, object, field, before), now});
}

void add_older(FieldEdit& edit, const FieldEdit& older) {
    for (const FieldEdit::Line& line : older.lines) {
        const auto found = std::ranges::find(edit.lines, line.field, &FieldEdit::Line::field);
        if (found == edit.lines.end()) edit.lines.push_back(line);
        else found->before = line.before;
    }
    std::erase_if(edit.lines, [](const FieldEdit::Line& line) { return line.before == line.after; });
}

void TimelineChanges::refresh(Context& context, RecordRef record, bool all) {
    if (record != of_) {
        of_ = record;
        edits_.clear();
        known_from_ = known_to_ = 0;
        left_out_ = false;
        reading_ = false;
        alive_ = std::make_shared<bool>(true);
        ++revision_;
    }
    const Sequence newest = context.workspace().applied_sequence();
    if (reading_ || newest == 0) return;
    const auto instant = [&](FieldIndex field) {
        const Value value = context.records().value(record, field);
        const auto* found = std::get_if<InstantValue>(&value);
        return found ? found->milliseconds : 0;
    };
    if (known_to_ == 0) {
        if (instant(system_field::last_modified_date) <= instant(system_field::created_date)) return;   // as it was made
        read(context, {newest > first_groups ? newest - first_groups + 1 : 1, newest, first_bytes_max});
    } else if (newest > known_to_) {
        read(context, {known_to_ + 1, newest, first_bytes_max});
    } else if (all && left_out_) {
        read(context, {1, newest});
    } else if (all && known_from_ > 1) {
        read(context, {1, known_from_ - 1});
    }
}

void TimelineChanges::read(Context& context, GroupRange range) {
    reading_ = true;
    // After the frame: a storage may answer at once.
    context.later([this, &context, range, alive = std::weak_ptr<bool>(alive_)] {
        if (alive.expired()) return;
        load_record_history(context.workspace().database(), context.records(), range, of_, lines_max, [this, &context, range, alive](Result<RecordHistory> history) {
            if (alive.expired()) return;
            reading_ = false;
            take(context, history ? *history : RecordHistory(), range);   // what can't be read is not told here; the field history says so
            context.request_frame();
        });
    });
    context.request_frame();
}

void TimelineChanges::take(Context& context, const RecordHistory& history, const GroupRange& range) {
    std::vector<FieldEdit> edits = edits_of(context.schema().object(of_.object), history.lines);
    const bool anew = range.oldest == 1 && range.newest >= known_to_;   // all of it, known parts too
    if (anew) edits_.clear();
    if (anew || !edits.empty()) ++revision_;
    if (range.newest < known_from_) std::ranges::move(edits, std::back_inserter(edits_));
    else edits_.insert(edits_.begin(), std::make_move_iterator(edits.begin()), std::make_move_iterator(edits.end()));
    left_out_ = history.left_out > 0 || (left_out_ && !anew);
    known_to_ = std::max(known_to_, range.newest);
    if (known_from_ == 0 || range.oldest < known_from_) known_from_ = range.oldest;
    if (history.reaches_creation) known_from_ = 1;
}

}  // namespace outpost
